using Nudge.Models.BoltzmannMachine;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Oracles;

/// <summary>Which of the two weight copies of a bidirectional projection is read.</summary>
public enum WeightCopy
{
    /// <summary>The one that the hidden units own.</summary>
    Hidden,

    /// <summary>The one that the visible units own.</summary>
    Visible,

    /// <summary>The mean of both.</summary>
    Mean,
}

/// <summary>
/// Reads one Boltzmann machine off a network of populations: one hidden population, with the input and, where there is one,
/// the output side by side as visible units. A check from outside, and never part of learning.
/// </summary>
public static class MachineReading
{
    /// <summary>Whether a network is one that can be read so.</summary>
    public static bool CanRead(NetworkPlan network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Populations.Count(population => population.Role == PopulationRole.Hidden) == 1;
    }

    /// <summary>The machine that one copy of the weights makes.</summary>
    /// <param name="network">A network of one hidden population.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="copy">Which copy.</param>
    /// <exception cref="ArgumentException">There is not exactly one hidden population.</exception>
    public static BoltzmannParameters Of(NetworkPlan network, NetworkWeights weights, WeightCopy copy)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        if (!CanRead(network))
            throw new ArgumentException("A machine is read off a network with exactly one hidden population.");
        PopulationPlan hidden = network.Populations.First(population => population.Role == PopulationRole.Hidden);
        PopulationPlan[] visible = [.. Visible(network)];
        int width = visible.Sum(population => population.Size);
        float[] matrix = new float[hidden.Size * width];
        int first = 0;
        foreach (PopulationPlan population in visible)
        {
            Fill(network, weights, copy, hidden, population, matrix, width, first);
            first += population.Size;
        }

        ProjectionPlan? within = network.Projections.FirstOrDefault(projection => projection.IsWithin);
        return BoltzmannParameters.Of(
            matrix,
            weights.Biases[hidden.Index],
            [.. visible.SelectMany(population => weights.Biases[population.Index])],
            within is null ? default : weights.Weights[within.Index],
            ((BoltzmannMachineSettings)network.Settings.Model).InverseTemperature);
    }

    /// <summary>The examples as visible rows: the input, then the label as one unit of many.</summary>
    public static IReadOnlyList<float[]> Rows(NetworkPlan network, IStimulusSet examples)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        int labels = network.Output?.Size ?? 0;
        float[][] rows = new float[examples.Count][];
        for (int example = 0; example < rows.Length; example++)
        {
            rows[example] = new float[examples.InputSize + labels];
            examples.CopyInput(example, rows[example]);
            if (labels > 0)
                rows[example][examples.InputSize + examples.LabelOf(example)] = 1;
        }

        return rows;
    }

    private static IEnumerable<PopulationPlan> Visible(NetworkPlan network) =>
        network.Output is { } output ? [network.Input, output] : [network.Input];

    private static void Fill(
        NetworkPlan network,
        NetworkWeights weights,
        WeightCopy copy,
        PopulationPlan hidden,
        PopulationPlan visible,
        float[] matrix,
        int width,
        int first)
    {
        float[]? hiddens = Copy(network, weights, visible, hidden);
        float[]? visibles = Copy(network, weights, hidden, visible);
        if (hiddens is null || visibles is null)
            return;
        for (int i = 0; i < hidden.Size; i++)
        {
            for (int j = 0; j < visible.Size; j++)
            {
                float own = hiddens[(i * visible.Size) + j];
                float other = visibles[(j * hidden.Size) + i];
                matrix[(i * width) + first + j] = copy switch
                {
                    WeightCopy.Hidden => own,
                    WeightCopy.Visible => other,
                    _ => (own + other) / 2,
                };
            }
        }
    }

    private static float[]? Copy(NetworkPlan network, NetworkWeights weights, PopulationPlan source, PopulationPlan target)
    {
        ProjectionPlan? projection = network.Projections.FirstOrDefault(
            one => one.Source.Index == source.Index && one.Target.Index == target.Index);
        return projection is null ? null : weights.Weights[projection.Index];
    }
}
