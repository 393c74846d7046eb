using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.State;
using Nudge.Testing;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.VirtualTime;

public sealed class DeterminismTests
{
    private static readonly VectorExamples Examples = VectorExamples.Spread(10, 6, 3);

    [Fact]
    public void One_seed_gives_one_event_hash_and_one_set_of_bits()
    {
        (ulong hash, float[] weights) = Run(Settings(7));
        (ulong again, float[] weightsAgain) = Run(Settings(7));
        Assert.Equal(hash, again);
        Assert.Equal(weights, weightsAgain);
    }

    public static TheoryData<string> Models => [.. EveryModel.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_model_gives_one_event_hash_and_one_set_of_bits_also_after_a_restoration(string model)
    {
        NetworkSettings settings = EveryModel.Settings(model) with { Links = SmallNetwork.Faulty, Clocks = new() { Drift = 0.1 } };
        VectorExamples examples = EveryModel.Examples(model);
        (ulong hash, float[] weights) = Run(settings, examples);
        (ulong Hash, float[] Weights)[] others =
        [
            Run(settings, examples),
            .. ((int[])[7, 12, 20]).Select(phases => RunInTwoParts(settings, examples, phases)),
        ];
        foreach ((ulong hashOfOther, float[] weightsOfOther) in others)
        {
            Assert.Equal(hash, hashOfOther);
            Assert.Equal(weights, weightsOfOther);
        }

        Assert.NotEqual(hash, Run(settings with { Seed = 99 }, examples).Hash);
    }

    [Fact]
    public void Another_seed_gives_another_history()
    {
        Assert.NotEqual(Run(Settings(7)).Hash, Run(Settings(8)).Hash);
    }

    [Theory]
    [InlineData("isd", TagTransport.PiggyBacked, 1)]
    [InlineData("differential-isd", TagTransport.PiggyBacked, 17)]
    [InlineData("differential-isd", TagTransport.Broadcast, 40)]
    [InlineData("paired", TagTransport.PiggyBacked, 63)]
    public void A_run_that_is_saved_and_restored_ends_in_the_same_bits(string rule, TagTransport tags, int phasesBefore)
    {
        NetworkSettings plain = Settings(3).WithRule(rule);
        NetworkSettings settings = plain with { Learning = plain.Learning with { Tags = tags } };
        (ulong hash, float[] weights) = Run(settings, Examples);
        (ulong hashOfParts, float[] weightsOfParts) = RunInTwoParts(settings, Examples, phasesBefore);
        Assert.Equal(hash, hashOfParts);
        Assert.Equal(weights, weightsOfParts);
    }

    [Fact]
    public void A_state_of_another_network_is_refused()
    {
        (VirtualEngine small, _, _) = SmallNetwork.Prepare(Settings(3), 10, Examples);
        using var state = new MemoryStream();
        StateRoot.Save(state, "engine", small);
        NetworkSettings larger = SmallNetwork.Settings(6, 30, 3);
        (VirtualEngine large, _, _) = SmallNetwork.Prepare(larger, 10, Examples);
        state.Position = 0;
        Assert.Throws<InvalidDataException>(() => StateRoot.Restore(state, "engine", large));
    }

    [Fact]
    public void A_step_that_meets_an_infinite_number_stops_the_run_and_names_the_population()
    {
        (VirtualEngine engine, _, _) = SmallNetwork.Prepare(SmallNetwork.Settings(6, 20, 3), 10, Examples);
        engine.Slices[1].Bias!.Set([float.NaN]);
        NumericalException error = Assert.Throws<NumericalException>(() => SmallNetwork.RunToEnd(engine));
        Assert.Contains("hidden", error.Message, StringComparison.Ordinal);
        Assert.Contains("step", error.Message, StringComparison.Ordinal);
    }

    private static NetworkSettings Settings(ulong seed) => SmallNetwork.Settings(6, 20, 3) with
    {
        Seed = seed,
        Links = SmallNetwork.Faulty,
        Clocks = new() { Jitter = 0.2, Drift = 0.1 },
    };

    private static (ulong Hash, float[] Weights) Run(NetworkSettings settings) => Run(settings, Examples);

    private static (ulong Hash, float[] Weights) Run(NetworkSettings settings, VectorExamples examples)
    {
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 60, examples);
        SmallNetwork.RunToEnd(engine);
        return (engine.EventHash, SmallNetwork.Weights(network, engine.Slices));
    }

    private static (ulong Hash, float[] Weights) RunInTwoParts(
        NetworkSettings settings, VectorExamples examples, int phasesBefore)
    {
        (VirtualEngine first, _, _) = SmallNetwork.Prepare(settings, 60, examples);
        for (int phase = 0; phase < phasesBefore; phase++)
            Assert.True(first.RunPhase());
        using var state = new MemoryStream();
        StateRoot.Save(state, "engine", first);

        (VirtualEngine second, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 60, examples);
        state.Position = 0;
        StateRoot.Restore(state, "engine", second);
        SmallNetwork.RunToEnd(second);
        return (second.EventHash, SmallNetwork.Weights(network, second.Slices));
    }
}
