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

    /// <summary>How many combinations there are; the largest number there is where there are more.</summary>
    public long Count => Variations.Aggregate(1L, (count, one) =>
        count > long.MaxValue / one.Values.Count ? long.MaxValue : count * one.Values.Count);

    internal ShortPaths Names { get; }

    /// <summary>Reads the values of <c>--vary</c>.</summary>
    /// <param name="options">Each <c>path=values</c>.</param>
    /// <param name="fixedPaths">Paths that <c>--set</c> sets, which cannot vary as well.</param>
    /// <exception cref="ExperimentException">They make no grid; all errors are listed.</exception>
    public static SweepGrid Parse(IReadOnlyList<string> options, IReadOnlyList<string> fixedPaths)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(fixedPaths);
        if (options.Count == 0)
            throw Refused([new("", "", "nothing to vary; expected --vary path=values at least once")]);
        var problems = new List<Problem>();
        var variations = new List<Variation>();
        foreach (string option in options)
        {
            try
            {
                variations.Add(Read(option, [.. variations.Select(one => one.Path)], fixedPaths));
            }
            catch (FormatException error)
            {
                problems.Add(new($"--vary {option}", "", error.Message));
            }
        }

        return problems.Count == 0 ? new(variations) : throw Refused(problems);
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
        return [.. Variations.Select((one, i) => $"{one.Path}={point.Values[i]}")];
    }

    /// <summary>A point for people, its settings by short names.</summary>
    internal string Describe(SweepPoint point) =>
        string.Join(", ", Variations.Select((one, i) => $"{Names.Of(one.Path)}={Variation.Shown(point.Values[i])}"));

    private static Variation Read(string option, IReadOnlyList<string> before, IReadOnlyList<string> fixedPaths)
    {
        int equals = option.IndexOf('=', StringComparison.Ordinal);
        string path = equals < 0 ? "" : option[..equals].Trim();
        if (path.Length == 0)
            throw new FormatException("expected path=values, such as links.activity.loss.rate=0,0.1,0.2");
        if (path == "seed")
            throw new FormatException("seeds are not varied; expected --seeds N, which makes N runs of every point");
        if (before.FirstOrDefault(one => Overlap(one, path)) is { } other)
            throw new FormatException($"{path} is varied already, by --vary {other}; expected each setting once");
        if (fixedPaths.FirstOrDefault(one => Overlap(one, path) && !Within(path, one)) is { } set)
            throw new FormatException($"{path} is fixed by --set {set}; expected one or the other");
        return new(path, ValueList.Parse(option[(equals + 1)..]));
    }

    private static bool Overlap(string one, string other) => one == other || Within(one, other) || Within(other, one);

    private static bool Within(string inner, string outer) => inner.StartsWith(outer + ".", StringComparison.Ordinal);

    private static ExperimentException Refused(IReadOnlyList<Problem> problems) => new(problems);
}
