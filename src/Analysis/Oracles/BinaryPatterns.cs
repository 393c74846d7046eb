namespace Nudge.Oracles;

/// <summary>Rows of zeros and ones, and how often each of them occurs.</summary>
internal static class BinaryPatterns
{
    /// <summary>Each pattern once, with its number of rows, in the order of their first rows.</summary>
    /// <exception cref="ArgumentException">
    /// A row has another length, a value that is neither 0 nor 1, or there is no row.
    /// </exception>
    internal static List<(float[] Row, int Count)> Count(IReadOnlyList<float[]> rows, int visible)
    {
        if (rows.Count == 0)
            throw new ArgumentException("The oracle needs at least one row of data.", nameof(rows));
        var place = new Dictionary<string, int>();
        var patterns = new List<(float[] Row, int Count)>();
        foreach (float[] row in rows)
        {
            string key = KeyOf(row, visible);
            if (place.TryAdd(key, patterns.Count))
                patterns.Add((row, 1));
            else
                patterns[place[key]] = (row, patterns[place[key]].Count + 1);
        }

        return patterns;
    }

    private static string KeyOf(float[] row, int visible)
    {
        if (row.Length != visible)
            throw new ArgumentException($"A row has {row.Length} values; expected {visible}, one a visible unit.");
        return string.Create(visible, row, (bits, values) =>
        {
            for (int j = 0; j < bits.Length; j++)
            {
                bits[j] = values[j] switch
                {
                    0 => '0',
                    1 => '1',
                    _ => throw new ArgumentException($"A row has the value {values[j]}; expected 0 or 1."),
                };
            }
        });
    }
}
