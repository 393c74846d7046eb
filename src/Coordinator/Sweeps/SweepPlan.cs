using System.Security.Cryptography;
using System.Text;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Measurements;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Sweeps;

/// <summary>All runs of a sweep, their settings checked.</summary>
public sealed class SweepPlan
{
    /// <summary>More runs than this are asked about.</summary>
    public const long ManyRuns = 10_000;

    private readonly LoadedExperiment[] _loaded;

    private SweepPlan(
        SweepDefinition definition, SweepGrid grid, IReadOnlyList<SweepPoint> points, LoadedExperiment[] loaded)
    {
        Definition = definition;
        Grid = grid;
        Points = points;
        _loaded = loaded;
        Measure = SweepMeasure.Of(definition.Measure, loaded.Select(one => one.Settings));
        Warnings = SettingsWarnings.Of(PointCheck.Warnings(definition, grid, points, loaded));
    }

    /// <summary>What was asked for.</summary>
    public SweepDefinition Definition { get; }

    /// <summary>What is varied.</summary>
    public SweepGrid Grid { get; }

    /// <summary>All points of the grid.</summary>
    public IReadOnlyList<SweepPoint> Points { get; }

    /// <summary>What its runs are judged by.</summary>
    public Measure Measure { get; }

    /// <summary>Name of the experiment.</summary>
    public string Name => _loaded[0].Settings.Name;

    /// <summary>The warnings of all points, each once with the points that have it.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; }

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
        return new(definition, grid, points, PointCheck.Load(definition, grid, points));
    }

    /// <summary>The runs, seed by seed, so that what an interruption leaves has about as many runs of every point.</summary>
    /// <returns>Each with its point.</returns>
    public IEnumerable<(SweepPoint Point, PoolJob Job)> Jobs()
    {
        for (int seed = 1; seed <= Definition.Seeds; seed++)
        {
            foreach (SweepPoint point in Points)
            {
                LoadedExperiment loaded = _loaded[point.Number];
                yield return (point, new(Grid.Describe(point), loaded.Settings with { Seed = (ulong)seed })
                {
                    Warnings = SettingsWarnings.Of(loaded),
                });
            }
        }
    }

    /// <summary>A hash of the data of all points; empty where all of them follow from the seed.</summary>
    /// <exception cref="DataException">They cannot be had.</exception>
    internal string DataHash(SharedStimuli stimuli)
    {
        string[] hashes =
        [
            .. _loaded.Select(loaded => stimuli.FingerprintOf(loaded.Settings)).Where(hash => hash.Length > 0).Distinct(),
        ];
        return hashes.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(hashes))));
    }

    /// <summary>Refuses to add runs with other data to those that were made: one table would hold both.</summary>
    /// <exception cref="OutputException">The data are not those that the sweep was begun with.</exception>
    internal void ThrowIfOfOtherData(SharedStimuli stimuli)
    {
        if (Definition.DataHash is not { } then || DataHash(stimuli) is not { } now || now == then)
            return;
        string? folder = stimuli.Resolved(_loaded[0].Settings).Data.Folder;
        throw new OutputException(
            $"{(folder is null ? "" : $"{folder}: ")}the data are not those that the sweep was begun with: "
            + $"SHA-256 {then} then, {now} now; expected the same files, or a new sweep");
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
