using Nudge.Populations;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Variance;

/// <summary>
/// Writes the updates of one group down under the phase that its slice is in, in the place of its weights.
/// </summary>
internal sealed class GroupSink(UpdateRecorder recorder, PopulationSlice slice, int first, ProjectionPlan? projection) : IUpdateSink
{
    /// <inheritdoc/>
    public void Outer(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms)
    {
        float[][] lanes = recorder.Of(slice.Tag).Lanes;
        (int stride, int sources) = (post.Length / terms, pre.Length / terms);
        for (int term = 0; term < terms; term++)
        {
            ReadOnlySpan<float> received = pre.Slice(term * sources, sources);
            if (projection?.Connectivity is { } table)
            {
                table.AddOuter(post.Slice(term * stride, slice.Plan.Count), received, lanes[term % lanes.Length].AsSpan(first));
                continue;
            }

            for (int unit = 0; unit < slice.Plan.Count; unit++)
            {
                Span<float> row = lanes[term % lanes.Length].AsSpan(first + (unit * sources), sources);
                Numerics.VectorKernels.AddScaled(received, post[(term * stride) + unit], row);
                // A unit is not coupled to itself.
                if (projection!.IsWithin)
                    row[unit] = 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Each(Numerics.PanelMatrix update, float rate, int lane)
    {
        float[] gained = recorder.Of(slice.Tag).Lanes[lane];
        for (int unit = 0; unit < update.Rows; unit++)
        {
            for (int source = 0; source < update.Columns; source++)
            {
                // A unit is not coupled to itself.
                if (!projection!.IsWithin || source != unit)
                    gained[first + (unit * update.Columns) + source] += rate * update[unit, source];
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
            int units = slice.Plan.Population.UnitsPerBias;
            int each = slice.Plan.Population.BiasesPerUnit;
            for (int bias = 0; each > 1 && bias < slice.Plan.Count * each; bias++)
                lanes[lane][first + bias] += post[(lane * stride) + (bias % each * (stride / each)) + (bias / each)];
            if (each == 1 && units == 1)
                Numerics.VectorKernels.Add(gained, lanes[lane].AsSpan(first, slice.Plan.Count));
            for (int unit = 0; units > 1 && unit < gained.Length; unit++)
                lanes[lane][first + (unit / units)] += gained[unit];
        }
    }
}
