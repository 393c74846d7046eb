namespace Nudge.Synapses;

/// <summary>Is handed the updates of one group of synapses or biases, every factor folded in.</summary>
internal interface IUpdateSink
{
    /// <summary>Σ_term post ⊗ pre, which the weights would gain.</summary>
    /// <param name="post">terms × padded units.</param>
    /// <param name="pre">terms × sources.</param>
    /// <param name="terms">Number of terms; the lanes, or a multiple of them.</param>
    void Outer(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms);

    /// <summary>Σ_lane post, which the biases would gain.</summary>
    /// <param name="post">lanes × padded units.</param>
    void Bias(ReadOnlySpan<float> post);
}
