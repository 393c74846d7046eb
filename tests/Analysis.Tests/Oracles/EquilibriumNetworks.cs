using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Oracles;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>Small networks of leaky populations whose fixed points have units inside their range.</summary>
internal static class EquilibriumNetworks
{
    public static readonly VectorExamples Examples = VectorExamples.Spread(3, 4, 2);

    public static readonly int[] All = [0, 1, 2];

    public static (NetworkPlan Network, NetworkWeights Weights) Make(
        Activation activation,
        int hiddenLayers,
        bool bidirectional = true,
        Initialisation copies = Initialisation.Symmetric)
    {
        string[] names = ["in", .. Enumerable.Range(1, hiddenLayers).Select(layer => $"hidden{layer}"), "out"];
        NetworkPlan network = NetworkCompiler.Compile(
            new()
            {
                Seed = 3,
                Populations =
                [
                    .. names.Select((name, i) => KeyValuePair.Create(name, Population(name, i, activation))),
                ],
                Projections =
                [
                    .. names.Zip(names.Skip(1), (from, to) => KeyValuePair.Create(
                        $"{from}-{to}",
                        new ProjectionSettings
                        {
                            From = from,
                            To = to,
                            Bidirectional = bidirectional && from != "in",
                            Init = copies,
                            Gain = 0.4,
                        })),
                ],
            },
            1);
        PopulationSlice[] slices = [.. network.Slices.Select(slice => network.CreateSlice(slice))];
        foreach (PopulationSlice slice in slices)
        {
            int count = slice.Plan.Count;
            slice.Bias?.Set([.. Enumerable.Range(0, count).Select(i => 0.2f + (0.3f * i / count))]);
        }

        return (network, NetworkWeights.Of(network, slices));
    }

    public static EquilibriumGradient Oracle(Activation activation, int hiddenLayers, bool bidirectional = true)
    {
        (NetworkPlan network, NetworkWeights weights) = Make(activation, hiddenLayers, bidirectional);
        return new(network, weights, Examples);
    }

    private static PopulationSettings Population(string name, int index, Activation activation) => new()
    {
        Role = name switch
        {
            "in" => PopulationRole.Input,
            "out" => PopulationRole.Output,
            _ => PopulationRole.Hidden,
        },
        Size = name switch { "in" => 4, "out" => 2, _ => 6 - index },
        Activation = activation,
    };
}
