using Nudge.Models;
using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Signals;

namespace Nudge.Truth;

/// <summary>
/// The truth meter: what the synapses of a small network learn on average at given weights, under whatever delay, loss and
/// clocks it has, against the exact gradient.
/// </summary>
public static class TruthMeter
{
    /// <summary>Takes a reading.</summary>
    /// <param name="network">The network of the run.</param>
    /// <param name="weights">Its weights at the moment in question.</param>
    /// <param name="training">What is shown, and what the exact gradient is a mean over.</param>
    /// <param name="phases">Phases to observe.</param>
    /// <param name="rules">Makes the plasticity rules; by default those that the settings name.</param>
    /// <exception cref="OracleTooLargeException">The network is too large for an exact answer.</exception>
    public static TruthReading Read(
        NetworkPlan network, NetworkWeights weights, IStimulusSet training, long phases, RuleMaker? rules = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        // First, since it is what may turn out to be too large.
        ExactReference reference = ExactReferences.Of(network, weights, training);
        return Compare(new UpdateProbe(network, weights, training, rules).Run(phases), reference, training.Count);
    }

    /// <summary>Compares what was observed with what is exact.</summary>
    /// <param name="seen">What a probe saw.</param>
    /// <param name="reference">The exact gradient of the same network.</param>
    /// <param name="examples">Examples over which it was taken.</param>
    public static TruthReading Compare(UpdateStatistics seen, ExactReference reference, int examples)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(reference);
        (UpdateSeries Series, double[] Gradient)[] parts = [.. Parts(seen, reference.Gradient)];
        double costCosine = reference.CostDescent is { } descent
            ? TruthFigures.Of([.. Parts(seen, descent)]).Cosine
            : double.NaN;
        return new(
            seen.Phases,
            examples,
            TruthFigures.Of(parts),
            double.IsNaN(costCosine) ? null : costCosine,
            parts.ToDictionary(part => part.Series.Name, part => TruthFigures.Of([part])));
    }

    private static IEnumerable<(UpdateSeries Series, double[] Gradient)> Parts(UpdateStatistics seen, GradientVector exact) =>
        seen.Projections.Select(pair => (pair.Value, exact.Weights[pair.Key]))
            .Concat(seen.Biases.Select(pair => (pair.Value, exact.Biases[pair.Key])));
}
