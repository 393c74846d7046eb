namespace Nudge.Experiments.Binding;

/// <summary>What the user probably meant to write.</summary>
internal static class Suggestion
{
    /// <summary>", perhaps NAME" where one of the names is close, else nothing.</summary>
    internal static string For(string written, IEnumerable<string> names)
    {
        string? best = Closest(written, names);
        return best is null ? "" : $", did you mean {best}?";
    }

    /// <summary>The closest name, or null where none is close.</summary>
    internal static string? Closest(string written, IEnumerable<string> names)
    {
        // Long texts are never typing errors, and the distance costs the product of the lengths.
        if (written.Length is 0 or > 64)
            return null;
        (string Name, int Distance)? best = null;
        foreach (string name in names)
        {
            int distance = Distance(Plain(written), Plain(name));
            if (distance <= Math.Max(1, name.Length / 3) && (best is null || distance < best.Value.Distance))
                best = (name, distance);
        }

        return best?.Name;
    }

    private static string Plain(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    // Levenshtein's distance with neighbouring letters swapped counted once.
    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            cost[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            cost[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int change = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(change, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}
