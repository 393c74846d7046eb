using Nudge.Numerics;
using Nudge.State;
using Nudge.Synapses;

namespace Nudge.Plasticity;

/// <summary>
/// Sums what one group of synapses or biases learns within one phase, lane by lane, to give its length.
/// </summary>
internal abstract class StatisticSum : IUpdateSink, IStateful
{
    /// <inheritdoc/>
    public virtual void Outer(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms) =>
        throw new NotSupportedException("Biases have no sources.");

    /// <inheritdoc/>
    public virtual void Each(PanelMatrix update, float rate, int lane) =>
        throw new NotSupportedException("Only sums of whole matrices take updates of each weight by itself.");

    /// <inheritdoc/>
    public virtual void Bias(ReadOnlySpan<float> post) => throw new NotSupportedException("Synapses have sources.");

    /// <summary>The squared length of one lane's sum.</summary>
    internal abstract double Square(int lane);

    /// <summary>Begins again at zero.</summary>
    internal abstract void Clear();

    /// <summary>Saves or restores the sum of a phase that has not ended.</summary>
    /// <inheritdoc/>
    public abstract void Describe(StateSection state);
}
