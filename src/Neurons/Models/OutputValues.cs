using Nudge.State;
using Nudge.Topology;

namespace Nudge.Models;

/// <summary>What the slices of one population sent last to the coordinator, put together for a curriculum.</summary>
/// <param name="lanes">Number of lanes.</param>
/// <param name="size">Units of the population.</param>
public sealed class OutputValues(int lanes, int size)
{
    private readonly float[] _values = new float[lanes * size];

    /// <summary>Puts the values of a slice in their place.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="answer">lanes × units of the slice.</param>
    public void Place(SlicePlan slice, ReadOnlySpan<float> answer)
    {
        ArgumentNullException.ThrowIfNull(slice);
        for (int lane = 0; lane < lanes; lane++)
            answer.Slice(lane * slice.Count, slice.Count).CopyTo(_values.AsSpan((lane * size) + slice.First));
    }

    /// <summary>Adds the values of a slice to those in their place.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="answer">lanes × units of the slice.</param>
    public void Add(SlicePlan slice, ReadOnlySpan<float> answer)
    {
        ArgumentNullException.ThrowIfNull(slice);
        for (int lane = 0; lane < lanes; lane++)
        {
            for (int i = 0; i < slice.Count; i++)
                _values[(lane * size) + slice.First + i] += answer[(lane * slice.Count) + i];
        }
    }

    /// <summary>Saves or restores the values as an item of a section.</summary>
    /// <param name="state">The section.</param>
    /// <param name="tag">The item's tag.</param>
    public void Describe(StateSection state, int tag) => state.Floats(tag, _values, "answers");

    /// <summary>Sets all values to 0.</summary>
    public void Clear() => Array.Clear(_values);

    /// <summary>The values of one lane, one for each unit of the population.</summary>
    public ReadOnlySpan<float> Of(int lane) => _values.AsSpan(lane * size, size);
}
