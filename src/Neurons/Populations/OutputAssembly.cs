namespace Nudge.Populations;

/// <summary>Puts the activity of slices together to that of their population.</summary>
public static class OutputAssembly
{
    /// <summary>Writes one slice's activity to its place.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="size">Units of the population.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="population">lanes × <paramref name="size"/>.</param>
    public static void Place(PopulationSlice slice, int size, int lanes, Span<float> population)
    {
        ArgumentNullException.ThrowIfNull(slice);
        int count = slice.Plan.Count;
        if (count == size)
        {
            slice.CopyActivity(population);
            return;
        }

        float[] part = new float[lanes * count];
        slice.CopyActivity(part);
        for (int lane = 0; lane < lanes; lane++)
            part.AsSpan(lane * count, count).CopyTo(population[((lane * size) + slice.Plan.First)..]);
    }
}
