using Nudge.Actors;
using Nudge.Networks;
using Nudge.Testing;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>Whom a slice waits for. The hidden slice of a small network hears the input on demand, and the output.</summary>
public sealed class SourceRollTests
{
    private readonly SourceRoll _roll;
    private readonly int _in;
    private readonly int _out;

    public SourceRollTests()
    {
        NetworkPlan network = NetworkCompiler.Compile(SmallNetwork.Settings(2, 4, 2), 1);
        SlicePlan Slice(string population) => network.Slices.Single(slice => slice.Population.Name == population);
        (_in, _out) = (Slice("in").Index, Slice("out").Index);
        _roll = new(network, Slice("hidden"));
        _roll.BeginRound(speaks: true);
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
}
