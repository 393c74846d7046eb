namespace Nudge.Projections;

/// <summary>
/// Takes the updates of one slice's synapses or biases in the place of the weights, which then stand still: how the
/// estimator itself is observed.
/// </summary>
public interface IUpdateSink
{
    /// <summary>Takes one update: Σ_term post ⊗ pre.</summary>
    /// <param name="post">terms × padded units, every factor folded in.</param>
    /// <param name="pre">terms × sources; empty for biases, whose source is always 1.</param>
    /// <param name="terms">Number of terms.</param>
    void Take(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms);
}
