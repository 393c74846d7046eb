using Nudge.Links;

namespace Nudge.Neurons.Tests.Links;

public sealed class SequenceGapsTests
{
    [Fact]
    public void What_a_sender_skipped_is_missing_from_the_first_message_on()
    {
        var gaps = new SequenceGaps(1, fromStart: true);
        foreach (long sequence in new long[] { 3, 4, 7 })
            gaps.See(0, sequence);
        Assert.Equal(4, gaps.Missing);
    }

    [Fact]
    public void A_later_incarnation_of_the_sender_counts_from_the_first_number_and_an_earlier_one_no_more()
    {
        var gaps = new SequenceGaps(1, fromStart: true);
        gaps.See(0, 1);
        gaps.See(1, 2);
        gaps.See(0, 9);
        gaps.See(1, 3);
        Assert.Equal(1, gaps.Missing);
    }

    [Fact]
    public void What_comes_late_of_an_earlier_incarnation_was_sent_all_the_same()
    {
        var gaps = new SequenceGaps(1, fromStart: true);
        gaps.See(0, 1);
        gaps.See(2, 1);
        gaps.See(0, 4);
        gaps.See(0, 3);
        gaps.See(1, 7);
        Assert.Equal(0, gaps.Missing);
        Assert.Equal([new ReceivedUpTo(0, 4), new ReceivedUpTo(1, 7), new ReceivedUpTo(2, 1)], gaps.Incarnations);
    }

    [Fact]
    public void A_receiver_that_started_later_does_not_miss_what_was_sent_before()
    {
        var gaps = new SequenceGaps(1, fromStart: false);
        gaps.See(3, 700);
        gaps.See(3, 702);
        gaps.See(4, 3);
        Assert.Equal(1 + 2, gaps.Missing);
        Assert.Equal([new ReceivedUpTo(3, 702), new ReceivedUpTo(4, 3)], gaps.Incarnations);
    }
}
