using Nudge.Numerics;
using Nudge.Signals;

namespace Nudge.Plasticity;

/// <summary>Weighs each lane of an activity by the signed importance of its own phase.</summary>
internal static class LaneWeights
{
    /// <summary>post = rate·g·activity, lane by lane.</summary>
    internal static void Weigh(PhaseTag phase, ReadOnlySpan<float> activity, float rate, int stride, Span<float> post)
    {
        for (int lane = 0; lane < phase.Importance.Length; lane++)
        {
            VectorKernels.Scale(
                activity.Slice(lane * stride, stride), rate * phase.Importance[lane], post.Slice(lane * stride, stride));
        }
    }
}
