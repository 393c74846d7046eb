using System.CommandLine;
using System.Text;
using Nudge.Checkpoints;
using Nudge.Experiments.Sweeping;
using Nudge.Recording;
using Nudge.Reports.Runs;
using Nudge.Reports.Sweeps;
using Nudge.Sweeps;

namespace Nudge.Commands;

/// <summary><c>nudge report</c>: shows a sweep or a run as one page.</summary>
internal static class ReportCommand
{
    internal static Command Create()
    {
        var folder = new Argument<string>("directory") { Description = "The folder of a sweep, or of a run.", HelpName = "DIR" };
        var measure = new Option<string?>("--measure")
        {
            Description = "For a sweep: what runs are judged by. Default: as the sweep's file sets, or accuracy, or the likelihood.",
        };
        measure.AcceptOnlyFromAmong([.. SweepMeasures.Names]);
        var command = new Command(
            "report",
            "Write report.html into the folder of a sweep or of a run: one page that needs no network.\n\n"
            + "  nudge report runs/sweep-digits-1    tolerance curves, heat maps, tests and tables. The table and the figures (PNG\n"
            + "                                      and SVG) are written beside it. Also for a sweep that is not over.\n"
            + "  nudge report runs/digits-1          what was run and what came out: final figures, learning curve, ledger, staleness,\n"
            + "                                      updates, units, warnings, interventions, and the command that runs it again. Also\n"
            + "                                      for a run that goes on, was stopped or failed: then it says what is missing.")
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
        // The folder of a sweep has an experiment file too.
        if (File.Exists(Path.Combine(folder, SweepFiles.Definition)))
            return await SweepAsync(folder, measure, output);
        if (!RunRecord.IsRun(folder))
        {
            throw new OutputException($"report {folder}: expected the folder of a sweep, with {SweepFiles.Definition}, or of a run, "
                + $"with {RunFiles.Experiment} or {RunFiles.Summary}");
        }

        if (measure is not null)
            throw new OutputException($"--measure {measure}: {folder} is the folder of a run; expected that of a sweep, or no --measure");
        OfRun(folder, output);
        return ExitCode.Done;
    }

    private static async Task<int> SweepAsync(string folder, string? measure, TextWriter output)
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

    // A run that goes on keeps its folder: its files are read, and the page beside them is whole or not there.
    private static void OfRun(string folder, TextWriter output)
    {
        RunRecord run = RunRecord.Read(folder);
        string file = Path.Combine(run.Folder, RunFiles.Report);
        byte[] page = Encoding.UTF8.GetBytes(RunReport.Write(run));
        try
        {
            AtomicFile.Write(file, stream => stream.Write(page));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{file}: cannot be written: {error.Message}", error);
        }

        foreach (string note in run.Notes)
            Message.Write($"nudge: {note}");
        output.WriteLine(file);
    }
}
