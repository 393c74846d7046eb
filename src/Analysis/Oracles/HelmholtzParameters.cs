namespace Nudge.Oracles;

/// <summary>
/// A Helmholtz machine of layers of binary units, the visible one first (theory §4): p is generated from the top down, and q
/// recognises from the visible units up.
/// </summary>
public sealed record HelmholtzParameters
{
    /// <summary>Takes over predictions.</summary>
    /// <param name="generative">For each layer, what is generated there; that of the top has no sources.</param>
    /// <param name="recognition">For each layer above the visible one, how it recognises the layer below.</param>
    /// <exception cref="ArgumentException">They do not fit one another.</exception>
    public HelmholtzParameters(IReadOnlyList<BinaryPrediction> generative, IReadOnlyList<BinaryPrediction> recognition)
    {
        ArgumentNullException.ThrowIfNull(generative);
        ArgumentNullException.ThrowIfNull(recognition);
        if (generative.Count < 2 || recognition.Count != generative.Count - 1)
            throw new ArgumentException($"{generative.Count} layers and {recognition.Count} recognitions; expected two layers or more and one less.");
        for (int layer = 0; layer < recognition.Count; layer++)
        {
            (BinaryPrediction below, BinaryPrediction above) = (generative[layer], recognition[layer]);
            if (below.Sources != above.Units || above.Sources != below.Units || generative[layer + 1].Units != above.Units)
                throw new ArgumentException($"Layers {layer} and {layer + 1} do not fit one another.");
        }

        if (generative[^1].Sources != 0)
            throw new ArgumentException("The top layer is generated from its biases alone.");
        (Generative, Recognition) = (generative, recognition);
    }

    /// <summary>For each layer, what is generated there; that of the top has no sources.</summary>
    public IReadOnlyList<BinaryPrediction> Generative { get; }

    /// <summary>For each layer above the visible one, how it recognises the layer below.</summary>
    public IReadOnlyList<BinaryPrediction> Recognition { get; }

    /// <summary>Number of visible units.</summary>
    public int Visible => Generative[0].Units;

    /// <summary>Units of each hidden layer, from the lowest up.</summary>
    public IEnumerable<int> Hidden => Generative.Skip(1).Select(layer => layer.Units);
}
