using System.Text.RegularExpressions;
using Nudge.Reports;
using Nudge.Running;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Sweeps;

/// <summary>Sweeps of runs that take milliseconds.</summary>
internal static partial class TinySweep
{
    internal static string[] Short { get; } = ["run.presentations=40", "run.evaluateEvery=20"];

    internal static SweepPlan Plan(int seeds, params string[] vary) =>
        SweepPlan.Make(Definition(seeds, vary), yes: false);

    /// <summary>A sweep over β whose second value lets every run diverge.</summary>
    internal static SweepPlan Diverging(int seeds)
    {
        SweepDefinition definition = Definition(seeds, "learning.rule=isd,differential-isd", "model.beta=1,1e-40");
        return SweepPlan.Make(definition with { Set = [.. Short, "projections.bits-hidden.rate=1e6"] }, yes: false);
    }

    internal static SweepDefinition Definition(int seeds, params string[] vary) => SweepDefinition.Of(new()
    {
        File = "xor",
        Vary = vary,
        Set = Short,
        Seeds = seeds,
    });

    /// <summary>The same sweep, whose runs leave their folders.</summary>
    internal static SweepPlan Keeping(this SweepPlan plan) => SweepPlan.Make(plan.Definition with { KeepRuns = true }, yes: false);

    internal static async Task<SweepSummary> RunAsync(string folder, SweepPlan plan, int workers)
    {
        using SweepDirectory sweep = SweepDirectory.Create(plan, folder);
        return await RunAsync(sweep, workers);
    }

    internal static async Task<SweepSummary> ResumeAsync(string folder, int workers)
    {
        using SweepDirectory sweep = SweepDirectory.Open(folder, "test");
        return await RunAsync(sweep, workers);
    }

    private static async Task<SweepSummary> RunAsync(SweepDirectory sweep, int workers)
    {
        using IProgressDisplay quiet = ProgressDisplays.Create(TextWriter.Null, false, quiet: true, TimeProvider.System);
        var pool = new LocalPool(new(null), workers, new RunFigures());
        return await SweepRun.RunAsync(sweep, pool, quiet, CancellationToken.None);
    }

    /// <summary>The lines of a sweep's table without the column of wall times.</summary>
    internal static IReadOnlyList<string> TableWithoutTimes(string folder)
    {
        string[] lines = File.ReadAllLines(Path.Combine(folder, SweepFiles.Csv));
        int times = Array.IndexOf(Cells(lines[0]), "wallSeconds");
        return [.. lines.Select(line => string.Join(',', Cells(line).Where((_, i) => i != times)))];
    }

    /// <summary>The cells of a line of a table; a cell with a comma is quoted.</summary>
    internal static string[] Cells(string line) =>
    [
        .. Cell().Matches(line).Select(cell => cell.Groups[1].Success
            ? cell.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal)
            : cell.Value),
    ];

    [GeneratedRegex("""(?<=^|,)(?:"((?:[^"]|"")*)"|[^,]*)(?=,|$)""")]
    private static partial Regex Cell();
}
