using Nudge.Models.PredictiveCoding;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Exports;

/// <summary>
/// A step of predictive coding in a free phase: with μ = W·ρ below + b, x ← x + share·(μ + ρ′(x)·W′·ε above − x) and
/// ε = (x − μ)/v. Output units are linear.
/// </summary>
internal sealed class PredictiveCodingStep(NetworkPlan network, NetworkWeights weights) : RelaxationStep(network, weights)
{
    private readonly float _outputPrecision = (float)(1 / ((PredictiveCodingSettings)network.Settings.Model).OutputVariance);

    internal override UnitValues Next(
        OnnxGraph graph, PopulationPlan population, IReadOnlyDictionary<int, UnitValues> before, string? input)
    {
        UnitValues own = before[population.Index];
        string prediction = Steady(graph, population, input);
        string? feedback = null;
        foreach (ProjectionPlan projection in Network.Afferents(population).Where(one => !IsFromInput(one)))
        {
            UnitValues source = before[projection.Source.Index];
            bool down = projection.Side == NeighbourSide.Upper;
            string current = graph.Product(down ? source.Error : source.Activity, Weights(graph, projection, 1));
            if (!down)
                prediction = graph.Add(prediction, current);
            else
                feedback = feedback is null ? current : graph.Add(feedback, current);
        }

        string drive = feedback is null ? prediction : graph.Add(prediction, graph.Multiply(SlopeOf(graph, population, own.Activity), feedback));
        string value = Approach(graph, own.State, drive);
        string error = graph.Subtract(value, prediction);
        if (population.Role == PopulationRole.Output)
            error = graph.Multiply(error, graph.Number(_outputPrecision));
        return new(value, Activate(graph, population, value), error);
    }

    protected override string Activate(OnnxGraph graph, PopulationPlan population, string state) =>
        population.Role == PopulationRole.Output ? state : base.Activate(graph, population, state);

    private static string SlopeOf(OnnxGraph graph, PopulationPlan population, string activity)
    {
        const int Float = 1;
        if (population.Settings.Activation != Activation.HardSigmoid)
            return Slope(graph, population.Settings.Activation, activity);
        string above = graph.Node("Greater", [activity, graph.Number(0)]);
        string below = graph.Node("Less", [activity, graph.Number(1)]);
        return graph.Node("Cast", [graph.Node("And", [above, below])], ("to", [Float], false));
    }
}
