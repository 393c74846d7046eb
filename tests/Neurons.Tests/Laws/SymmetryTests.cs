using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Laws;

/// <summary>The two copies of a bidirectional projection stay together while both ends see the same (recipes, law 4).</summary>
public sealed class SymmetryTests
{
    [Theory]
    [InlineData("isd")]
    [InlineData("differential-isd")]
    [InlineData("paired")]
    public void Copies_that_begin_alike_stay_alike_without_delay_or_loss(string rule)
    {
        PhaseOrder order = rule == "paired" ? PhaseOrder.Alternating : PhaseOrder.Bernoulli;
        NetworkSettings settings = SmallNetwork.Settings(4, 12, 3, 0.01).WithRule(rule) with
        {
            Phases = new() { Order = order },
        };
        Assert.True(Symmetry(settings) > 0.9999, $"{Symmetry(settings)}");
    }

    [Fact]
    public void Copies_that_are_drawn_apart_begin_unlike()
    {
        NetworkSettings plain = SmallNetwork.Settings(4, 12, 3, 0);
        NetworkSettings settings = plain with
        {
            Projections =
            [
                .. plain.Projections.Select(pair => KeyValuePair.Create(
                    pair.Key, pair.Value with { Init = Initialisation.Independent })),
            ],
        };
        Assert.InRange(Symmetry(settings), -0.7, 0.7);
    }

    private static double Symmetry(NetworkSettings settings)
    {
        (VirtualEngine engine, _, NetworkPlan network) =
            SmallNetwork.Prepare(settings, 300, VectorExamples.Spread(8, 4, 3));
        SmallNetwork.RunToEnd(engine);
        return NetworkWeights.Of(network, engine.Slices).Symmetry(network.Projections[1]);
    }
}
