using Nudge.Topology;

namespace Nudge.Models;

/// <summary>What the slices of one population said last, put together.</summary>
/// <param name="lanes">Number of lanes.</param>
/// <param name="size">Units of the population.</param>
internal sealed class OutputBoard(int lanes, int size)
{
    private readonly float[] _values = new float[lanes * size];

    internal void Place(SlicePlan slice, ReadOnlySpan<float> said)
    {
        for (int lane = 0; lane < lanes; lane++)
            said.Slice(lane * slice.Count, slice.Count).CopyTo(_values.AsSpan((lane * size) + slice.First));
    }

    internal void Add(SlicePlan slice, ReadOnlySpan<float> said)
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            for (int i = 0; i < slice.Count; i++)
                _values[(lane * size) + slice.First + i] += said[(lane * slice.Count) + i];
        }
    }

    internal void Clear() => Array.Clear(_values);

    internal ReadOnlySpan<float> Of(int lane) => _values.AsSpan(lane * size, size);
}
