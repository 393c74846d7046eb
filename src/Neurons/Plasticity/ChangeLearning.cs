using Nudge.Numerics;
using Nudge.Synapses;

namespace Nudge.Plasticity;

/// <summary>Learns ΔW = η·g·(ρ_i ρ_j now − ρ_i ρ_j at a moment that was kept), lane by lane.</summary>
/// <param name="lanes">Number of lanes.</param>
/// <param name="stride">Padded units per lane.</param>
/// <param name="scale">Factor on every rate.</param>
internal sealed class ChangeLearning(int lanes, int stride, float scale)
{
    private readonly float[] _post = new float[lanes * stride];
    private readonly float[] _before = new float[lanes * stride];

    /// <summary>Learns from the change.</summary>
    /// <param name="here">What the synapses may read.</param>
    /// <param name="then">The moment that was kept.</param>
    /// <param name="importance">Signed importance of each lane.</param>
    internal void Learn(in LocalSignals here, Snapshot then, ReadOnlySpan<float> importance)
    {
        for (int k = 0; k < here.Synapses.Length; k++)
        {
            SynapseView synapses = here.Synapses[k];
            float rate = synapses.NextRate() * scale;
            if (then.ReceivedTheSame(k, synapses))
            {
                WeighChange(here, then, importance, rate);
                synapses.Learn(_post);
                continue;
            }

            Weigh(here.Activity, importance, rate, _post);
            Weigh(then.Activity, importance, -rate, _before);
            synapses.Learn(_post);
            synapses.Learn(_before, then.Received(k));
        }

        WeighChange(here, then, importance, here.Bias.NextRate() * scale);
        here.Bias.Learn(_post);
    }

    private void WeighChange(in LocalSignals here, Snapshot then, ReadOnlySpan<float> importance, float rate)
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            int first = lane * stride;
            VectorKernels.ScaledDifference(
                here.Activity.Slice(first, stride),
                then.Activity.Slice(first, stride),
                rate * importance[lane],
                _post.AsSpan(first, stride));
        }
    }

    private void Weigh(ReadOnlySpan<float> activity, ReadOnlySpan<float> importance, float rate, float[] post)
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            int first = lane * stride;
            VectorKernels.Scale(activity.Slice(first, stride), rate * importance[lane], post.AsSpan(first, stride));
        }
    }
}
