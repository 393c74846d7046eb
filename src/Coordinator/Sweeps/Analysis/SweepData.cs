using Nudge.Measurements;
using Nudge.Running;

namespace Nudge.Sweeps.Analysis;

/// <summary>What the runs of a sweep measured, by the choice of a value for each setting.</summary>
internal sealed class SweepData
{
    private readonly ILookup<int, SweepRow> _rows;

    internal SweepData(SweepGrid grid, IReadOnlyList<SweepRow> rows, Measure measure)
    {
        Grid = grid;
        Measure = measure;
        Rows = rows;
        _rows = rows.ToLookup(row => row.Point);
        double[] chances = [.. rows.Select(row => row.Value(MetricNames.Chance)).OfType<double>().Distinct()];
        Chance = measure == Measure.Accuracy && chances.Length == 1 ? chances[0] : null;
    }

    internal SweepGrid Grid { get; }

    internal Measure Measure { get; }

    internal IReadOnlyList<SweepRow> Rows { get; }

    /// <summary>Accuracy by chance; null where it is not one number for all runs, or something else is measured.</summary>
    internal double? Chance { get; }

    /// <summary>Numbers of the settings whose values are all numbers.</summary>
    internal IReadOnlyList<int> Numeric => [.. Indices.Where(i => Grid.Variations[i].IsNumeric)];

    /// <summary>Numbers of the other settings that have more than one value.</summary>
    internal IReadOnlyList<int> Wordy =>
        [.. Indices.Where(i => !Grid.Variations[i].IsNumeric && Grid.Variations[i].Values.Count > 1)];

    private IEnumerable<int> Indices => Enumerable.Range(0, Grid.Variations.Count);

    internal IEnumerable<SweepRow> RowsAt(IReadOnlyList<int> choice) => _rows[PointOf(choice)];

    /// <summary>The measure at a point, by seed; runs that failed have none.</summary>
    internal IReadOnlyDictionary<ulong, double> At(IReadOnlyList<int> choice) => SweepMeasure.Values(Measure, RowsAt(choice))
        .OrderBy(one => one.Seed)
        .ToDictionary(one => one.Seed, one => one.Value);

    /// <summary>All choices for some settings; the others stay at their first value, or where they are.</summary>
    internal IReadOnlyList<int[]> Choices(IReadOnlyList<int> settings, int[]? at = null)
    {
        List<int[]> choices = [at ?? new int[Grid.Variations.Count]];
        foreach (int setting in settings)
        {
            choices =
            [
                .. from choice in choices
                   from value in Enumerable.Range(0, Grid.Variations[setting].Values.Count)
                   select With(choice, setting, value),
            ];
        }

        return choices;
    }

    internal static int[] With(IReadOnlyList<int> choice, int setting, int value)
    {
        int[] other = [.. choice];
        other[setting] = value;
        return other;
    }

    internal string Value(IReadOnlyList<int> choice, int setting) =>
        Variation.Shown(Grid.Variations[setting].Values[choice[setting]]);

    /// <summary>Some settings of a choice for people: words alone, but numbers, true and false with their setting.</summary>
    internal string Describe(IReadOnlyList<int> choice, IReadOnlyList<int> settings) =>
        string.Join(", ", settings.Select(setting => Grid.Variations[setting].IsNumeric || Value(choice, setting) is "true" or "false"
            ? $"{Grid.Names.Of(Grid.Variations[setting].Path)} {Value(choice, setting)}"
            : Value(choice, setting)));

    // The last setting changes fastest, as in the grid.
    private int PointOf(IReadOnlyList<int> choice) => Enumerable.Range(0, choice.Count)
        .Aggregate(0, (point, i) => (point * Grid.Variations[i].Values.Count) + choice[i]);
}
