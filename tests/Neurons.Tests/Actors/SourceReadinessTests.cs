using Nudge.Actors;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>Whom a slice waits for. The hidden slice of a small network hears the input on demand, and the output.</summary>
public sealed class SourceReadinessTests
{
    private readonly NetworkPlan _network = NetworkCompiler.Compile(SmallNetwork.Settings(2, 4, 2), 1);
    private readonly SourceReadiness _sources;
    private readonly int _in;
    private readonly int _out;

    public SourceReadinessTests()
    {
        (_in, _out) = (Slice("in").Index, Slice("out").Index);
        _sources = Roll(stride: 1);
    }

    [Fact]
    public void After_a_word_of_its_own_it_waits_for_all()
    {
        Assert.False(_sources.AllReported);
        _sources.Reported(_in);
        Assert.False(_sources.AllReported);
        _sources.Reported(_out);
        Assert.True(_sources.AllReported);
    }

    [Fact]
    public void One_that_cannot_be_heard_is_not_waited_for_until_it_speaks()
    {
        _sources.BecomesUnreachable(_out);
        _sources.Reported(_in);
        Assert.True(_sources.AllReported);
        _sources.BeginRound(speaks: true);
        _sources.Reported(_in);
        Assert.True(_sources.AllReported);
        _sources.Reported(_out);
        _sources.BeginRound(speaks: true);
        _sources.Reported(_in);
        Assert.False(_sources.AllReported);
    }

    [Fact]
    public void With_nobody_to_be_heard_there_is_nobody_to_keep_pace_with()
    {
        _sources.BecomesUnreachable(_out);
        _sources.BecomesUnreachable(_in);
        Assert.False(_sources.AllReported);
    }

    [Fact]
    public void To_fall_silent_twice_is_to_fall_silent_once()
    {
        _sources.BecomesUnreachable(_out);
        _sources.BecomesUnreachable(_out);
        Assert.False(_sources.AllReported);
        _sources.Rests(_out);
        _sources.Reported(_in);
        Assert.True(_sources.AllReported);
    }

    [Fact]
    public void With_a_stride_it_waits_for_as_many_words_of_those_that_hear_it_and_one_of_those_it_asks()
    {
        SourceReadiness roll = Roll(stride: 3);
        roll.Reported(_in);
        roll.Reported(_out);
        roll.Reported(_out);
        Assert.False(roll.AllReported);
        roll.Reported(_out);
        Assert.True(roll.AllReported);
        roll.Reported(_out);
        roll.BeginRound(speaks: true);
        // What was said too early counts for the round in which it was heard, so that nobody can run ahead.
        roll.Reported(_in);
        roll.Reported(_out);
        roll.Reported(_out);
        Assert.False(roll.AllReported);
    }

    [Fact]
    public void One_that_comes_to_rest_within_its_stride_is_not_waited_for()
    {
        SourceReadiness roll = Roll(stride: 3);
        roll.Reported(_in);
        roll.Reported(_out);
        Assert.False(roll.AllReported);
        roll.Rests(_out);
        Assert.True(roll.AllReported);
    }

    [Fact]
    public void What_rests_goes_on_at_the_first_word_of_a_stride()
    {
        SourceReadiness roll = Roll(stride: 3);
        roll.Rests(_out);
        roll.BeginRound(speaks: false);
        roll.Reported(_out);
        Assert.True(roll.AllReported);
    }

    private SourceReadiness Roll(int stride)
    {
        var roll = new SourceReadiness(_network, Slice("hidden"), stride);
        roll.BeginRound(speaks: true);
        return roll;
    }

    private SlicePlan Slice(string population) => _network.Slices.Single(slice => slice.Population.Name == population);
}
