using Nudge.Numerics;

namespace Nudge.Synapses;

/// <summary>Is handed the updates of one group of synapses or biases, every factor folded in.</summary>
internal interface IUpdateSink
{
    /// <summary>Σ_term post ⊗ pre, which the weights would gain.</summary>
    /// <param name="post">terms × padded units.</param>
    /// <param name="pre">terms × sources.</param>
    /// <param name="terms">Number of terms; the lanes, or a multiple of them.</param>
    void Outer(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms);

    /// <summary>rate·U of one lane, which the weights would gain: an update that is no product.</summary>
    /// <param name="update">U, units × sources.</param>
    /// <param name="rate">Factor on it.</param>
    /// <param name="lane">The lane.</param>
    void Each(PanelMatrix update, float rate, int lane);

    /// <summary>Σ_lane post, which the biases would gain.</summary>
    /// <param name="post">lanes × padded units.</param>
    void Bias(ReadOnlySpan<float> post);
}
