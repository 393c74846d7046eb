using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Populations;
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

    [Fact]
    public void Another_seed_gives_another_history()
    {
        Assert.NotEqual(Run(Settings(7)).Hash, Run(Settings(8)).Hash);
    }

    [Theory]
    [InlineData(RuleKind.Isd, TagTransport.PiggyBacked, 1)]
    [InlineData(RuleKind.DifferentialIsd, TagTransport.PiggyBacked, 17)]
    [InlineData(RuleKind.DifferentialIsd, TagTransport.Broadcast, 40)]
    [InlineData(RuleKind.Paired, TagTransport.PiggyBacked, 63)]
    public void A_run_that_is_saved_and_restored_ends_in_the_same_bits(RuleKind rule, TagTransport tags, int phasesBefore)
    {
        NetworkSettings settings = Settings(3) with { Learning = new() { Rule = rule, Tags = tags } };
        (ulong hash, float[] weights) = Run(settings);
        (VirtualEngine first, _, _) = SmallNetwork.Prepare(settings, 60, Examples);
        for (int phase = 0; phase < phasesBefore; phase++)
            first.RunPhase();
        using var state = new MemoryStream();
        using (var writer = new BinaryWriter(state, System.Text.Encoding.UTF8, leaveOpen: true))
            first.Save(writer);

        (VirtualEngine second, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 60, Examples);
        state.Position = 0;
        using (var reader = new BinaryReader(state))
            second.Restore(reader);
        SmallNetwork.RunToEnd(second);
        Assert.Equal(hash, second.EventHash);
        Assert.Equal(weights, SmallNetwork.Weights(network, second.Slices));
    }

    [Fact]
    public void A_state_of_another_network_is_refused()
    {
        (VirtualEngine small, _, _) = SmallNetwork.Prepare(Settings(3), 10, Examples);
        using var state = new MemoryStream();
        using (var writer = new BinaryWriter(state, System.Text.Encoding.UTF8, leaveOpen: true))
            small.Save(writer);
        NetworkSettings larger = SmallNetwork.Settings(6, 30, 3);
        (VirtualEngine large, _, _) = SmallNetwork.Prepare(larger, 10, Examples);
        state.Position = 0;
        using var reader = new BinaryReader(state);
        Assert.Throws<InvalidDataException>(() => large.Restore(reader));
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

    private static (ulong Hash, float[] Weights) Run(NetworkSettings settings)
    {
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 60, Examples);
        SmallNetwork.RunToEnd(engine);
        return (engine.EventHash, SmallNetwork.Weights(network, engine.Slices));
    }
}
