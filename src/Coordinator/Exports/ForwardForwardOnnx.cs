using Nudge.Models.ForwardForward;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Exports;

/// <summary>
/// Forward-Forward as a graph: every label is laid over every example, h = max(0, W·x/‖x‖ + b) in each layer, and the answer is the
/// label with the largest goodness, the sum over layers of the mean of h².
/// </summary>
internal static class ForwardForwardOnnx
{
    internal const string Description =
        "Output goodness: for each label, the sum over layers of the mean of h², where the label is laid over the first values of the example; "
        + $"{OnnxExport.Label}: the label with the largest goodness.";

    // Below any length that a float can have, and not 0: a zero input then stays zero.
    private const float Least = 1e-37f;

    internal static OnnxGraph Of(NetworkPlan network, NetworkWeights weights, ForwardForwardSettings model)
    {
        var graph = new OnnxGraph();
        int classes = network.Settings.Classes;
        string input = graph.Input(OnnxExport.Input, network.Input.Size);
        // What a label covers is the same for all examples, and its part of W·x is a row for each label.
        string rest = graph.Node(
            "Slice",
            [input, graph.Integers("first", classes), graph.Integers("end", network.Input.Size), graph.Integers("axis", 1)]);
        string square = graph.Node("ReduceSumSquare", [rest], ("axes", [1], true), ("keepdims", [1], false));
        float label = (float)model.LabelValue;
        string axis = graph.Integers("labels", 1);
        string length = graph.Node(
            "Unsqueeze", [graph.Node("Sqrt", [graph.Add(square, graph.Number(label * label))]), axis]);
        var activities = new Dictionary<int, string>();
        string? goodness = null;
        foreach ((PopulationPlan layer, ProjectionPlan from) in InOrder(network))
        {
            float[] values = weights.Weights[from.Index];
            (int targets, int sources) = (layer.Size, from.Source.Size);
            string current;
            if (from.Source.Role == PopulationRole.Input)
            {
                string product = graph.Product(rest, graph.Constant(
                    $"{from.Name}.rest", [sources - classes, targets], Turned(values, targets, sources, classes, sources, 1)));
                string labels = graph.Constant(
                    $"{from.Name}.labels", [1, classes, targets], Turned(values, targets, sources, 0, classes, label));
                current = graph.Node("Div", [graph.Add(graph.Node("Unsqueeze", [product, axis]), labels), length]);
            }
            else
            {
                string below = activities[from.Source.Index];
                string squares = graph.Node("ReduceSumSquare", [below], ("axes", [2], true), ("keepdims", [1], false));
                string product = graph.Product(below, graph.Constant(
                    $"{from.Name}.transposed", [sources, targets], Turned(values, targets, sources, 0, sources, 1)));
                current = graph.Node("Div", [product, graph.Node("Sqrt", [graph.Node("Max", [squares, graph.Number(Least)])])]);
            }

            string bias = graph.Constant($"{layer.Name}.bias", [1, 1, targets], weights.Biases[layer.Index]);
            string activity = activities[layer.Index] = graph.Node("Relu", [graph.Add(current, bias)]);
            string own = graph.Node(
                "Div",
                [graph.Node("ReduceSumSquare", [activity], ("axes", [2], true), ("keepdims", [0], false)), graph.Number(targets)]);
            goodness = goodness is null ? own : graph.Add(goodness, own);
        }

        graph.Output("goodness", goodness!, classes);
        graph.Output(OnnxExport.Label, graph.Largest(goodness!), 0);
        return graph;
    }

    /// <summary>Each layer after the one that it receives from.</summary>
    private static IEnumerable<(PopulationPlan Layer, ProjectionPlan From)> InOrder(NetworkPlan network)
    {
        List<PopulationPlan> left = [.. network.Populations.Where(one => one.Role != PopulationRole.Input)];
        HashSet<int> done = [network.Input.Index];
        while (left.Count > 0)
        {
            PopulationPlan? next = left.Find(one => done.Contains(network.Afferents(one).Single().Source.Index));
            if (next is null)
                throw NoEquivalentException.Of(network, "ONNX", $"{left[0].Name} receives nothing from the input");
            left.Remove(next);
            done.Add(next.Index);
            yield return (next, network.Afferents(next).Single());
        }
    }

    private static float[] Turned(float[] values, int targets, int sources, int first, int end, float factor)
    {
        float[] turned = new float[(end - first) * targets];
        for (int row = 0; row < targets; row++)
        {
            for (int column = first; column < end; column++)
                turned[((column - first) * targets) + row] = factor * values[(row * sources) + column];
        }

        return turned;
    }
}
