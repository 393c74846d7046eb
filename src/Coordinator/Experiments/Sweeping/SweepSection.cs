namespace Nudge.Experiments.Sweeping;

/// <summary>The <c>sweep:</c> section of an experiment file, for <c>nudge sweep FILE</c>; runs do not read it.</summary>
internal sealed record SweepSection
{
    /// <summary>Runs of every point; null where the file does not set it.</summary>
    internal int? Seeds { get; init; }

    /// <summary>What reports judge runs by; null for what suits the model.</summary>
    internal string? Measure { get; init; }

    /// <summary>Settings of every run, each <c>path=value</c>.</summary>
    internal IReadOnlyList<PlacedText> Set { get; init; } = [];

    /// <summary>What varies, each <c>path=values</c>.</summary>
    internal IReadOnlyList<PlacedText> Vary { get; init; } = [];

    /// <summary>A setting that is tuned at every point, with its values; null for none.</summary>
    internal PlacedText? Tune { get; init; }

    /// <summary>Settings that change together, by name.</summary>
    internal IReadOnlyList<SweepVariant> Variants { get; init; } = [];

    /// <summary>What a rehearsal does differently, or null.</summary>
    internal SweepSection? Quick { get; init; }

    /// <summary>The section as a rehearsal has it: its seeds, its settings after the others, its values for what varies.</summary>
    internal SweepSection AsQuick()
    {
        if (Quick is null)
            return this;
        Dictionary<string, PlacedText> other = Quick.Vary.ToDictionary(one => one.Path);
        return this with
        {
            Seeds = Quick.Seeds ?? Seeds,
            Set = [.. Set, .. Quick.Set],
            Vary = [.. Vary.Select(one => other.GetValueOrDefault(one.Path, one)),
                .. Quick.Vary.Where(one => Vary.All(usual => usual.Path != one.Path))],
        };
    }
}

/// <summary>An assignment of the section, with the place where it stands.</summary>
/// <param name="Path">The setting.</param>
/// <param name="Value">Its value, or its values, as an option would have them.</param>
/// <param name="Place">Where it stands in the file.</param>
internal sealed record PlacedText(string Path, string Value, Place Place)
{
    /// <summary>As an option would have it.</summary>
    internal string Assignment => $"{Path}={Value}";
}

/// <summary>Settings that change together, under a name that tables and figures show.</summary>
/// <param name="Name">The name.</param>
/// <param name="Set">The settings, each <c>path=value</c>.</param>
public sealed record SweepVariant(string Name, IReadOnlyList<string> Set);
