using Nudge.Actors;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>
/// Which sources a slice waits for. The hidden slice of a small network receives the input on demand, and the output.
/// </summary>
public sealed class SourceReadinessTests
{
    private readonly NetworkPlan _network = NetworkCompiler.Compile(SmallNetwork.Settings(2, 4, 2), 1);
    private readonly SourceReadiness _sources;
    private readonly int _in;
    private readonly int _out;

    public SourceReadinessTests()
    {
        (_in, _out) = (Slice("in").Index, Slice("out").Index);
        _sources = Sources(stride: 1);
    }

    [Fact]
    public void After_a_message_of_its_own_it_waits_for_all()
    {
        Assert.False(_sources.AllReported);
        _sources.Reported(_in);
        Assert.False(_sources.AllReported);
        _sources.Reported(_out);
        Assert.True(_sources.AllReported);
    }

    [Fact]
    public void An_unreachable_source_is_not_waited_for_until_it_sends()
    {
        _sources.BecomesUnreachable(_out);
        _sources.Reported(_in);
        Assert.True(_sources.AllReported);
        _sources.BeginRound(sends: true);
        _sources.Reported(_in);
        Assert.True(_sources.AllReported);
        _sources.Reported(_out);
        _sources.BeginRound(sends: true);
        _sources.Reported(_in);
        Assert.False(_sources.AllReported);
    }

    [Fact]
    public void Without_a_reachable_source_there_is_no_pace_to_keep()
    {
        _sources.BecomesUnreachable(_out);
        _sources.BecomesUnreachable(_in);
        Assert.False(_sources.AllReported);
    }

    [Fact]
    public void Becoming_unreachable_twice_is_the_same_as_once()
    {
        _sources.BecomesUnreachable(_out);
        _sources.BecomesUnreachable(_out);
        Assert.False(_sources.AllReported);
        _sources.Rests(_out);
        _sources.Reported(_in);
        Assert.True(_sources.AllReported);
    }

    [Fact]
    public void With_a_stride_it_waits_for_as_many_messages_of_those_that_receive_from_it_and_one_of_those_it_asks()
    {
        SourceReadiness sources = Sources(stride: 3);
        sources.Reported(_in);
        sources.Reported(_out);
        sources.Reported(_out);
        Assert.False(sources.AllReported);
        sources.Reported(_out);
        Assert.True(sources.AllReported);
        sources.Reported(_out);
        sources.BeginRound(sends: true);
        // What was sent too early counts for the round in which it was received, so that no source can run ahead.
        sources.Reported(_in);
        sources.Reported(_out);
        sources.Reported(_out);
        Assert.False(sources.AllReported);
    }

    [Fact]
    public void One_that_comes_to_rest_within_its_stride_is_not_waited_for()
    {
        SourceReadiness sources = Sources(stride: 3);
        sources.Reported(_in);
        sources.Reported(_out);
        Assert.False(sources.AllReported);
        sources.Rests(_out);
        Assert.True(sources.AllReported);
    }

    [Fact]
    public void What_rests_continues_at_the_first_message_of_a_stride()
    {
        SourceReadiness sources = Sources(stride: 3);
        sources.Rests(_out);
        sources.BeginRound(sends: false);
        sources.Reported(_out);
        Assert.True(sources.AllReported);
    }

    private SourceReadiness Sources(int stride)
    {
        var sources = new SourceReadiness(_network, Slice("hidden"), stride);
        sources.BeginRound(sends: true);
        return sources;
    }

    private SlicePlan Slice(string population) => _network.Slices.Single(slice => slice.Population.Name == population);
}
