using Nudge.Numerics;
using Nudge.State;

namespace Nudge.Models.BoltzmannMachine;

/// <summary>
/// Pulls each unit's running mean activity q towards a target (Hinton 2010, §11): η·cost·(target − q), on the bias and,
/// with what was received, on the weights. Carries q across phases.
/// </summary>
internal sealed class UnitSparsity(SparsitySettings settings, int units, int lanes) : IStateful
{
    private readonly float[] _mean = [.. Enumerable.Repeat((float)settings.Target, units)];

    internal void Follow(ReadOnlySpan<float> activity, int stride)
    {
        float renewed = (float)settings.Memory;
        VectorKernels.Scale(_mean, 1 - renewed);
        for (int lane = 0; lane < lanes; lane++)
            VectorKernels.AddScaled(activity.Slice(lane * stride, _mean.Length), renewed / lanes, _mean);
    }

    internal void Pull(float rate, Span<float> post)
    {
        float factor = rate * (float)settings.Cost;
        for (int i = 0; i < post.Length; i++)
            post[i] += factor * ((float)settings.Target - _mean[i]);
    }

    /// <inheritdoc/>
    public void Describe(StateSection state) => state.Floats(1, _mean);
}
