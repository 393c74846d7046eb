using Nudge.Experiments;
using Nudge.Running;

namespace Nudge.Sweeps;

/// <summary>All runs of a sweep, their settings checked.</summary>
public sealed class SweepPlan
{
    /// <summary>More runs than this are asked about.</summary>
    public const long ManyRuns = 10_000;

    private readonly ExperimentSettings[] _settings;

    private SweepPlan(
        SweepDefinition definition, SweepGrid grid, IReadOnlyList<SweepPoint> points, ExperimentSettings[] settings)
    {
        Definition = definition;
        Grid = grid;
        Points = points;
        _settings = settings;
    }

    /// <summary>What was asked for.</summary>
    public SweepDefinition Definition { get; }

    /// <summary>What is varied.</summary>
    public SweepGrid Grid { get; }

    /// <summary>All points of the grid.</summary>
    public IReadOnlyList<SweepPoint> Points { get; }

    /// <summary>Name of the experiment.</summary>
    public string Name => _settings[0].Name;

    /// <summary>How many runs there are.</summary>
    public int Runs => Points.Count * Definition.Seeds;

    /// <summary>Checks the settings of every point.</summary>
    /// <param name="definition">What was asked for.</param>
    /// <param name="yes">Whether very many runs are meant.</param>
    /// <exception cref="ExperimentException">It cannot be run; every error is listed, with its point.</exception>
    public static SweepPlan Make(SweepDefinition definition, bool yes)
    {
        ArgumentNullException.ThrowIfNull(definition);
        SweepGrid grid = SweepGrid.Parse(definition);
        ThrowIfMany(grid, definition.Seeds, yes);
        SweepPoint[] points = [.. grid.Points()];
        return new(definition, grid, points, PointCheck.Settings(definition, grid, points));
    }

    /// <summary>The runs, seed by seed, so that what an interruption leaves has about as many runs of every point.</summary>
    /// <returns>Each with its point.</returns>
    public IEnumerable<(SweepPoint Point, PoolJob Job)> Jobs()
    {
        for (int seed = 1; seed <= Definition.Seeds; seed++)
        {
            foreach (SweepPoint point in Points)
                yield return (point, new(Grid.Describe(point), _settings[point.Number] with { Seed = (ulong)seed }));
        }
    }

    private static void ThrowIfMany(SweepGrid grid, int seeds, bool yes)
    {
        string what = $"{grid.Count:N0} points with {seeds:N0} seeds";
        if (grid.Count > int.MaxValue / seeds)
            throw new ExperimentException([new("", "", $"{what} are too many runs")]);
        if (grid.Count * seeds > ManyRuns && !yes)
        {
            string message = $"{what} are {grid.Count * seeds:N0} runs; expected --yes if so many are meant";
            throw new ExperimentException([new("", "", message)]);
        }
    }
}
