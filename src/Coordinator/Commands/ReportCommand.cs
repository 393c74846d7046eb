using System.CommandLine;
using Nudge.Experiments.Sweeping;
using Nudge.Recording;
using Nudge.Reports.Sweeps;
using Nudge.Sweeps;

namespace Nudge.Commands;

/// <summary><c>nudge report</c>: shows a sweep as one page.</summary>
internal static class ReportCommand
{
    internal static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The folder of a sweep." };
        var measure = new Option<string?>("--measure")
        {
            Description = "What runs are judged by. Default: as the sweep's file sets, or accuracy, or the likelihood.",
        };
        measure.AcceptOnlyFromAmong([.. SweepMeasures.Names]);
        var command = new Command(
            "report",
            "Draw the figures of a sweep and write report.html: one page that needs no network, with tolerance curves, heat maps,\n"
            + "tests and tables. The table and the figures (PNG and SVG) are written beside it. Also for a sweep that is not over.\n\n"
            + "  nudge report runs/sweep-digits-1")
        {
            folder, measure,
        };
        command.SetAction((parsed, cancellation) =>
            Task.Run(() => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(measure), Console.Out), cancellation)
                .WaitAsync(cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string? measure, TextWriter output)
    {
        using SweepDirectory sweep = SweepDirectory.Open(folder, $"report {folder}");
        if (sweep.Rows.Count == 0)
            throw new OutputException($"report {folder}: no run is over yet");
        await sweep.WriteTablesAsync();
        IReadOnlyList<SweepFigure> figures = SweepReport.Write(
            sweep, measure is null ? null : SweepMeasure.Named(measure));
        output.WriteLine(sweep.Directory.FilePath(SweepFiles.Report));
        foreach (SweepFigure figure in figures)
            output.WriteLine(sweep.Directory.FilePath($"{figure.File}.png"));
        return ExitCode.Done;
    }
}
