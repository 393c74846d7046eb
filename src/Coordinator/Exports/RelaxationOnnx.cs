using System.Globalization;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Relaxation;
using Nudge.Topology;

namespace Nudge.Exports;

/// <summary>
/// A network that relaxes, as a graph of all steps that the program's own evaluation in lockstep takes. A state of rest that feedback
/// takes part in is no feed-forward map of the weights, so the steps themselves are the equivalent.
/// </summary>
internal static class RelaxationOnnx
{
    internal static readonly string Description = string.Create(
        CultureInfo.InvariantCulture,
        $"{SynchronousRelaxation.Steps} steps of {SynchronousRelaxation.Share} τ of all populations in lockstep, as accuracySynchronous is "
        + $"measured. Output {Activity}: the activity of the output population; {OnnxExport.Label}: the most active unit.");

    private const string Activity = "activity";

    internal static OnnxGraph Of(NetworkPlan network, RelaxationStep step)
    {
        var graph = new OnnxGraph();
        string input = graph.Input(OnnxExport.Input, network.Input.Size);
        PopulationPlan[] populations = [.. network.Populations.Where(one => one.HasState)];
        Dictionary<int, UnitValues> values = populations.ToDictionary(one => one.Index, one => step.AtRest(graph, one));
        for (int i = 0; i < SynchronousRelaxation.Steps; i++)
        {
            // The stimulus is a message too: it is there from the second step on.
            string? shown = i == 0 ? null : input;
            IReadOnlyDictionary<int, UnitValues> before = values;
            values = populations.ToDictionary(one => one.Index, one => step.Next(graph, one, before, shown));
        }

        PopulationPlan output = network.Output!;
        graph.Output(Activity, values[output.Index].Activity, output.Size);
        graph.Output(OnnxExport.Label, graph.Largest(values[output.Index].Activity), 0);
        return graph;
    }
}

/// <summary>Names of the values of a population between two steps.</summary>
/// <param name="State">Its state s, or its value x.</param>
/// <param name="Activity">What it sends.</param>
/// <param name="Error">The error that it sends down; empty where there is none.</param>
internal sealed record UnitValues(string State, string Activity, string Error);

/// <summary>One step of the units of a model.</summary>
internal abstract class RelaxationStep(NetworkPlan network, NetworkWeights weights)
{
    private readonly Dictionary<int, string> _steady = [];

    protected NetworkPlan Network => network;

    /// <summary>The values before the first step.</summary>
    internal virtual UnitValues AtRest(OnnxGraph graph, PopulationPlan population)
    {
        string zero = graph.Constant($"{population.Name}.rest", [1, population.Size], new float[population.Size]);
        return new(zero, Activate(graph, population, zero), zero);
    }

    /// <summary>The values after a step.</summary>
    /// <param name="graph">Receives the operators.</param>
    /// <param name="population">The population.</param>
    /// <param name="before">The values of all populations before it.</param>
    /// <param name="input">What the input population shows; null for nothing.</param>
    internal abstract UnitValues Next(
        OnnxGraph graph, PopulationPlan population, IReadOnlyDictionary<int, UnitValues> before, string? input);

    /// <summary>b, and W·x of the input: the same in all steps that have it.</summary>
    protected string Steady(OnnxGraph graph, PopulationPlan population, string? input)
    {
        string sum = graph.Constant($"{population.Name}.bias", [1, population.Size], weights.Biases[population.Index]);
        if (input is null)
            return sum;
        if (_steady.TryGetValue(population.Index, out string? known))
            return known;
        foreach (ProjectionPlan projection in network.Afferents(population).Where(IsFromInput))
            sum = graph.Add(sum, graph.Product(input, Weights(graph, projection, 1)));
        return _steady[population.Index] = sum;
    }

    /// <summary>The weights of a projection as sources × targets, times a factor.</summary>
    protected string Weights(OnnxGraph graph, ProjectionPlan projection, float factor)
    {
        (int targets, int sources) = (projection.Target.Size, projection.Source.Size);
        float[] given = weights.Weights[projection.Index];
        float[] turned = new float[given.Length];
        for (int row = 0; row < targets; row++)
        {
            for (int column = 0; column < sources; column++)
                turned[(column * targets) + row] = factor * given[(row * sources) + column];
        }

        return graph.Constant($"{projection.Name}.transposed", [sources, targets], turned);
    }

    protected static bool IsFromInput(ProjectionPlan projection) => projection.Source.Role == PopulationRole.Input;

    /// <summary>s + share·(drive − s).</summary>
    protected static string Approach(OnnxGraph graph, string state, string drive) => graph.Add(
        state, graph.Multiply(graph.Number(SynchronousRelaxation.Share), graph.Subtract(drive, state)));

    /// <summary>ρ(s).</summary>
    protected virtual string Activate(OnnxGraph graph, PopulationPlan population, string state) => population.Settings.Activation switch
    {
        Activation.HardSigmoid => graph.Node("Clip", [state, graph.Number(0), graph.Number(1)]),
        Activation.Sigmoid => graph.Node("Sigmoid", [graph.Subtract(graph.Multiply(state, graph.Number(4)), graph.Number(2))]),
        _ => graph.Node("Tanh", [state]),
    };

    /// <summary>ρ′ from ρ, for the smooth activations.</summary>
    protected static string Slope(OnnxGraph graph, Activation activation, string activity) => activation == Activation.Sigmoid
        ? graph.Multiply(graph.Multiply(activity, graph.Number(4)), graph.Subtract(graph.Number(1), activity))
        : graph.Subtract(graph.Number(1), graph.Multiply(activity, activity));
}
