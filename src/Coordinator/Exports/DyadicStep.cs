using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Exports;

/// <summary>
/// A step of dual propagation in a free phase, in which both states of a unit are one: s ← s + share·(ρ(W·s below + b) − s), clipped for the
/// hard sigmoid. Output units are linear.
/// </summary>
internal sealed class DyadicStep(NetworkPlan network, NetworkWeights weights) : RelaxationStep(network, weights)
{
    internal override UnitValues AtRest(OnnxGraph graph, PopulationPlan population)
    {
        UnitValues zero = base.AtRest(graph, population);
        return zero with { State = zero.Activity };
    }

    internal override UnitValues Next(
        OnnxGraph graph, PopulationPlan population, IReadOnlyDictionary<int, UnitValues> before, string? input)
    {
        string drive = Steady(graph, population, input);
        foreach (ProjectionPlan projection in Network.Afferents(population).Where(one => !IsFromInput(one) && one.Side == NeighbourSide.Lower))
            drive = graph.Add(drive, graph.Product(before[projection.Source.Index].Activity, Weights(graph, projection, 1)));
        bool isClipped = population.Settings.Activation == Activation.HardSigmoid;
        string own = before[population.Index].State;
        string state = isClipped ? Activate(graph, population, Approach(graph, own, drive)) : Approach(graph, own, Activate(graph, population, drive));
        return new(state, state, "");
    }

    protected override string Activate(OnnxGraph graph, PopulationPlan population, string state) =>
        population.Role == PopulationRole.Output ? state : base.Activate(graph, population, state);
}
