using Nudge.Experiments;

namespace Nudge.Sweeps;

/// <summary>All combinations of the values of some settings; the last setting changes fastest.</summary>
public sealed class SweepGrid
{
    private SweepGrid(IReadOnlyList<Variation> variations)
    {
        Variations = variations;
        Names = new(variations);
    }

    /// <summary>What is varied.</summary>
    public IReadOnlyList<Variation> Variations { get; }

    /// <summary>How many combinations there are; the largest integer where there are more.</summary>
    public long Count => Variations.Aggregate(1L, (count, one) =>
        count > long.MaxValue / one.Values.Count ? long.MaxValue : count * one.Values.Count);

    internal ShortPaths Names { get; }

    /// <summary>The setting that is tuned, which is the last one; null for none.</summary>
    internal Variation? Tuned => Variations is [.., { IsTuned: true } last] ? last : null;

    /// <summary>The grid without the setting that is tuned: each of its points stands for as many of this one as that has values.</summary>
    internal SweepGrid WithoutTuned() => new([.. Variations.Where(one => !one.IsTuned)]);

    /// <summary>Reads what a sweep varies.</summary>
    /// <param name="definition">What was asked for.</param>
    /// <exception cref="ExperimentException">It makes no grid; all errors are listed.</exception>
    public static SweepGrid Parse(SweepDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Vary.Count == 0 && definition.Variants.Count == 0)
        {
            throw Refused([new("", "",
                "nothing to vary; expected --vary path=values at least once, or a section sweep in the file")]);
        }

        string[] fixedPaths = [.. definition.Set.Select(PathOf)];
        string[] variantPaths = [.. definition.Variants.SelectMany(one => one.Set).Select(PathOf).Distinct()];
        var problems = new List<Problem>();
        var variations = new List<Variation>();
        foreach (string option in definition.Vary)
        {
            try
            {
                variations.Add(Read(option, [.. variations.Select(one => one.Path)], fixedPaths, variantPaths));
            }
            catch (FormatException error)
            {
                problems.Add(definition.Places.TryGetValue(PathOf(option), out string? place)
                    ? new(place, $"sweep.vary.{PathOf(option)}", error.Message)
                    : new($"--vary {option}", "", error.Message));
            }
        }

        if (definition.Tune is { } tuned && ReadTuned(tuned, definition, variations, fixedPaths, variantPaths, problems) is { } last)
            variations.Add(last);
        if (problems.Count > 0)
            throw Refused(problems);
        if (definition.Variants.Count > 0)
            variations.Insert(0, Variation.Of(definition.Variants));
        return new(variations);
    }

    /// <summary>All combinations, in order.</summary>
    public IEnumerable<SweepPoint> Points()
    {
        for (int number = 0; number < Count; number++)
        {
            string[] values = new string[Variations.Count];
            int rest = number;
            for (int i = values.Length - 1; i >= 0; i--)
            {
                IReadOnlyList<string> choices = Variations[i].Values;
                values[i] = choices[rest % choices.Count];
                rest /= choices.Count;
            }

            yield return new(number, values);
        }
    }

    /// <summary>The settings of a point, each <c>path=value</c>.</summary>
    /// <param name="point">One of <see cref="Points"/>.</param>
    public IReadOnlyList<string> Assignments(SweepPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return [.. Variations.SelectMany((one, i) => one.Assignments(point.Values[i]))];
    }

    /// <summary>A point for people, its settings by short names.</summary>
    internal string Describe(SweepPoint point) =>
        string.Join(", ", Variations.Select((one, i) => $"{Names.Of(one.Path)}={Variation.Shown(point.Values[i])}"));

    private static string PathOf(string assignment)
    {
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? "" : assignment[..equals].Trim();
    }

    private static Variation Read(
        string option, IReadOnlyList<string> before, IReadOnlyList<string> fixedPaths, IReadOnlyList<string> variantPaths)
    {
        string path = PathOf(option);
        if (path.Length == 0)
            throw new FormatException("expected path=values, such as links.activity.loss.rate=0,0.1,0.2");
        if (path == "seed")
            throw new FormatException("seeds are not varied; expected --seeds N, which makes N runs of every point");
        if (before.FirstOrDefault(one => Overlap(one, path)) is { } other)
            throw new FormatException($"{path} is varied already, by --vary {other}; expected each setting once");
        if (fixedPaths.FirstOrDefault(one => Overlap(one, path) && !Within(path, one)) is { } set)
            throw new FormatException($"{path} is fixed by --set {set}; expected one or the other");
        if (variantPaths.FirstOrDefault(one => Overlap(one, path) && !Within(path, one)) is { } chosen)
            throw new FormatException($"{path} would undo what variants do to {chosen}; expected one or the other");
        return new(path, ValueList.Parse(option[(option.IndexOf('=', StringComparison.Ordinal) + 1)..]));
    }

    private static Variation? ReadTuned(
        string option,
        SweepDefinition definition,
        List<Variation> before,
        string[] fixedPaths,
        string[] variantPaths,
        List<Problem> problems)
    {
        try
        {
            Variation read = Read(option, [.. before.Select(one => one.Path)], fixedPaths, variantPaths);
            return read.Values.Count > 1
                ? read with { IsTuned = true }
                : throw new FormatException("one value alone leaves nothing to tune; expected two or more");
        }
        catch (FormatException error)
        {
            problems.Add(definition.Places.TryGetValue(PathOf(option), out string? place)
                ? new(place, $"sweep.tune.{PathOf(option)}", error.Message)
                : new($"--tune {option}", "", error.Message));
            return null;
        }
    }

    private static bool Overlap(string one, string other) => one == other || Within(one, other) || Within(other, one);

    private static bool Within(string inner, string outer) => inner.StartsWith(outer + ".", StringComparison.Ordinal);

    private static ExperimentException Refused(IReadOnlyList<Problem> problems) => new(problems);
}

/// <summary>One combination of the values that a sweep varies.</summary>
/// <param name="Number">Its place in the grid, from 0.</param>
/// <param name="Values">A value for each variation, in their order.</param>
public sealed record SweepPoint(int Number, IReadOnlyList<string> Values);
