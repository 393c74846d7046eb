using Nudge.Actors;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>Whom a slice waits for. The hidden slice of a small network hears the input on demand, and the output.</summary>
public sealed class SourceRollTests
{
    private readonly NetworkPlan _network = NetworkCompiler.Compile(SmallNetwork.Settings(2, 4, 2), 1);
    private readonly SourceRoll _roll;
    private readonly int _in;
    private readonly int _out;

    public SourceRollTests()
    {
        (_in, _out) = (Slice("in").Index, Slice("out").Index);
        _roll = Roll(stride: 1);
    }

    [Fact]
    public void After_a_word_of_its_own_it_waits_for_all()
    {
        Assert.False(_roll.AllSpoke);
        _roll.Spoke(_in);
        Assert.False(_roll.AllSpoke);
        _roll.Spoke(_out);
        Assert.True(_roll.AllSpoke);
    }

    [Fact]
    public void One_that_cannot_be_heard_is_not_waited_for_until_it_speaks()
    {
        _roll.FallsSilent(_out);
        _roll.Spoke(_in);
        Assert.True(_roll.AllSpoke);
        _roll.BeginRound(speaks: true);
        _roll.Spoke(_in);
        Assert.True(_roll.AllSpoke);
        _roll.Spoke(_out);
        _roll.BeginRound(speaks: true);
        _roll.Spoke(_in);
        Assert.False(_roll.AllSpoke);
    }

    [Fact]
    public void With_nobody_to_be_heard_there_is_nobody_to_keep_pace_with()
    {
        _roll.FallsSilent(_out);
        _roll.FallsSilent(_in);
        Assert.False(_roll.AllSpoke);
    }

    [Fact]
    public void To_fall_silent_twice_is_to_fall_silent_once()
    {
        _roll.FallsSilent(_out);
        _roll.FallsSilent(_out);
        Assert.False(_roll.AllSpoke);
        _roll.Rests(_out);
        _roll.Spoke(_in);
        Assert.True(_roll.AllSpoke);
    }

    [Fact]
    public void With_a_stride_it_waits_for_as_many_words_of_those_that_hear_it_and_one_of_those_it_asks()
    {
        SourceRoll roll = Roll(stride: 3);
        roll.Spoke(_in);
        roll.Spoke(_out);
        roll.Spoke(_out);
        Assert.False(roll.AllSpoke);
        roll.Spoke(_out);
        Assert.True(roll.AllSpoke);
        roll.Spoke(_out);
        roll.BeginRound(speaks: true);
        // What was said too early counts for the round in which it was heard, so that nobody can run ahead.
        roll.Spoke(_in);
        roll.Spoke(_out);
        roll.Spoke(_out);
        Assert.False(roll.AllSpoke);
    }

    [Fact]
    public void One_that_comes_to_rest_within_its_stride_is_not_waited_for()
    {
        SourceRoll roll = Roll(stride: 3);
        roll.Spoke(_in);
        roll.Spoke(_out);
        Assert.False(roll.AllSpoke);
        roll.Rests(_out);
        Assert.True(roll.AllSpoke);
    }

    [Fact]
    public void What_rests_goes_on_at_the_first_word_of_a_stride()
    {
        SourceRoll roll = Roll(stride: 3);
        roll.Rests(_out);
        roll.BeginRound(speaks: false);
        roll.Spoke(_out);
        Assert.True(roll.AllSpoke);
    }

    private SourceRoll Roll(int stride)
    {
        var roll = new SourceRoll(_network, Slice("hidden"), stride);
        roll.BeginRound(speaks: true);
        return roll;
    }

    private SlicePlan Slice(string population) => _network.Slices.Single(slice => slice.Population.Name == population);
}
