using Nudge.Populations;
using Nudge.Synapses;

namespace Nudge.Variance;

/// <summary>
/// Writes the updates of one group down under the phase that its slice is in, in the place of its weights.
/// </summary>
internal sealed class GroupSink(UpdateRecorder recorder, PopulationSlice slice, int first, bool isWithin) : IUpdateSink
{
    /// <inheritdoc/>
    public void Outer(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms)
    {
        float[][] lanes = recorder.Of(slice.Tag).Lanes;
        (int stride, int sources) = (post.Length / terms, pre.Length / terms);
        for (int term = 0; term < terms; term++)
        {
            ReadOnlySpan<float> received = pre.Slice(term * sources, sources);
            for (int unit = 0; unit < slice.Plan.Count; unit++)
            {
                Span<float> row = lanes[term % lanes.Length].AsSpan(first + (unit * sources), sources);
                Numerics.VectorKernels.AddScaled(received, post[(term * stride) + unit], row);
                // A unit is not coupled to itself.
                if (isWithin)
                    row[unit] = 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Bias(ReadOnlySpan<float> post)
    {
        float[][] lanes = recorder.Of(slice.Tag).Lanes;
        int stride = post.Length / lanes.Length;
        for (int lane = 0; lane < lanes.Length; lane++)
        {
            ReadOnlySpan<float> gained = post.Slice(lane * stride, slice.Plan.Count);
            Numerics.VectorKernels.Add(gained, lanes[lane].AsSpan(first, slice.Plan.Count));
        }
    }
}
