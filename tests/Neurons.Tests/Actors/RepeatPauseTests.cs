using Nudge.Actors;

namespace Nudge.Neurons.Tests.Actors;

public sealed class RepeatPauseTests
{
    private readonly RepeatPause _pause = new();

    [Fact]
    public void While_nothing_goes_on_each_repeat_comes_after_twice_as_long_up_to_the_longest_pause()
    {
        var repeats = Enumerable.Range(1, 300).Where(_ => _pause.IsOver()).ToList();
        Assert.Equal([1, 3, 7, 15, 31, 63, 127, 191, 255], repeats);
    }

    [Fact]
    public void What_goes_on_now_and_then_does_not_bring_the_repeats_back()
    {
        Count(300);
        // A step after every fifty keep-alives: slow, but nothing is lost.
        int repeats = Enumerable.Range(0, 10).Sum(_ => Count(50, goesOn: 1));
        Assert.InRange(repeats, 0, 2);
    }

    [Fact]
    public void Once_things_go_on_at_every_keep_alive_the_next_repeat_comes_at_once()
    {
        Count(300);
        Assert.Equal(0, Count(RepeatPause.Longest, goesOn: RepeatPause.Longest));
        Assert.True(_pause.IsOver());
    }

    [Fact]
    public void With_a_known_reason_the_next_repeat_comes_at_once()
    {
        Count(300);
        _pause.Shorten();
        Assert.True(_pause.IsOver());
    }

    private int Count(int keepAlives, int goesOn = 0)
    {
        int repeats = 0;
        for (int i = 0; i < keepAlives; i++)
        {
            if (i < goesOn)
                _pause.GoOn();
            repeats += _pause.IsOver() ? 1 : 0;
        }

        return repeats;
    }
}
