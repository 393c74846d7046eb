using Nudge.Oracles;

namespace Nudge.Analysis.Tests.Oracles;

/// <summary>
/// A Helmholtz machine summed over all states of all its layers at once, from nothing but the products of its units'
/// probabilities: as slowly and as simply as can be.
/// </summary>
/// <param name="layers">Units of each layer, the visible one first.</param>
/// <param name="values">All parameters in a row: for each layer those that generate it, then those that recognise it.</param>
internal sealed class PlainHelmholtz(int[] layers, double[] values)
{
    public static int Parameters(int[] layers) => layers.Select((size, layer) =>
        (size * (1 + (layer + 1 < layers.Length ? layers[layer + 1] : 0))) + (layer > 0 ? size * (1 + layers[layer - 1]) : 0)).Sum();

    public HelmholtzParameters Machine => new(
        [.. layers.Select((_, layer) => new BinaryPrediction(Weights(layer, true), Bias(layer, true)))],
        [.. layers.Skip(1).Select((_, layer) => new BinaryPrediction(Weights(layer + 1, false), Bias(layer + 1, false)))]);

    public double LogLikelihood(float[] row) => Math.Log(Hidden().Sum(hidden => Math.Exp(LogP([row, .. hidden]))));

    public double FreeEnergy(float[] row) => Hidden().Sum(hidden =>
    {
        float[][] all = [row, .. hidden];
        return Math.Exp(LogQ(all)) * (LogQ(all) - LogP(all));
    });

    /// <summary>Σ weights of other parameters · log p of these: its gradient is that of a wake phase.</summary>
    public double Wake(PlainHelmholtz sampling, IReadOnlyList<float[]> rows) => rows.Average(row => Hidden().Sum(hidden =>
        Math.Exp(sampling.LogQ([row, .. hidden])) * LogP([row, .. hidden])));

    /// <summary>The same of log q, where the others generate: its gradient is that of a sleep phase.</summary>
    public double Sleep(PlainHelmholtz sampling) => Machines.AllPatterns(layers[0]).Sum(row => Hidden().Sum(hidden =>
        Math.Exp(sampling.LogP([row, .. hidden])) * LogQ([row, .. hidden])));

    /// <summary>Where the parameters of one kind and layer begin among all.</summary>
    public int First(int layer, bool generative)
    {
        int first = layers.Take(layer).Select((_, below) => Width(below, true) + Width(below, false)).Sum();
        return generative ? first : first + Width(layer, true);
    }

    public int Width(int layer, bool generative) => !generative && layer == 0 ? 0 : layers[layer] * (1 + Sources(layer, generative));

    private int Sources(int layer, bool generative) =>
        generative ? layer + 1 < layers.Length ? layers[layer + 1] : 0 : layers[layer - 1];

    private double[] Weights(int layer, bool generative) =>
        values[First(layer, generative)..][..(layers[layer] * Sources(layer, generative))];

    private double[] Bias(int layer, bool generative) =>
        values[(First(layer, generative) + (layers[layer] * Sources(layer, generative)))..][..layers[layer]];

    private double LogP(float[][] all) =>
        all.Select((state, layer) => Log(state, layer + 1 < all.Length ? all[layer + 1] : [], layer, true)).Sum();

    private double LogQ(float[][] all) => all.Skip(1).Select((state, layer) => Log(state, all[layer], layer + 1, false)).Sum();

    private double Log(float[] state, float[] from, int layer, bool generative)
    {
        (double[] weights, double[] bias) = (Weights(layer, generative), Bias(layer, generative));
        return state.Select((on, unit) =>
        {
            double field = bias[unit] + from.Select((value, source) => weights[(unit * from.Length) + source] * value).Sum();
            double p = 1 / (1 + Math.Exp(-field));
            return Math.Log(on == 1 ? p : 1 - p);
        }).Sum();
    }

    private IEnumerable<float[][]> Hidden() => layers.Skip(1).Aggregate(
        Enumerable.Repeat(Array.Empty<float[]>(), 1),
        (states, size) => states.SelectMany(state => Machines.AllPatterns(size).Select(next => (float[][])[.. state, next])));
}
