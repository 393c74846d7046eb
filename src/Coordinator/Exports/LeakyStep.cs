using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Exports;

/// <summary>A step of leaky units in a free phase: s ← s + share·(ρ′(s)·(W·ρ + b) − s), clipped for the hard sigmoid.</summary>
internal sealed class LeakyStep(NetworkPlan network, NetworkWeights weights) : RelaxationStep(network, weights)
{
    private readonly float _feedback = (float)((network.Settings.Model as EquilibriumPropagationSettings)?.Feedback ?? 1);

    internal override UnitValues Next(
        OnnxGraph graph, PopulationPlan population, IReadOnlyDictionary<int, UnitValues> before, string? input)
    {
        UnitValues own = before[population.Index];
        Activation activation = population.Settings.Activation;
        string drive = Steady(graph, population, input);
        foreach (ProjectionPlan projection in Network.Afferents(population).Where(one => !IsFromInput(one)))
        {
            float factor = projection.Side == NeighbourSide.Upper ? _feedback : 1;
            drive = graph.Add(drive, graph.Product(before[projection.Source.Index].Activity, Weights(graph, projection, factor)));
        }

        if (activation != Activation.HardSigmoid)
            drive = graph.Multiply(drive, Slope(graph, activation, own.Activity));
        string state = Approach(graph, own.State, drive);
        string activity = Activate(graph, population, state);
        // The state of the hard sigmoid is clipped itself.
        return new(activation == Activation.HardSigmoid ? activity : state, activity, "");
    }
}
