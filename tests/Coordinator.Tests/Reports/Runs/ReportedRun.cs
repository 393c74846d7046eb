using Nudge.Experiments;
using Nudge.Recording;
using Nudge.Reports.Runs;
using Nudge.Running;

namespace Nudge.Coordinator.Tests.Reports.Runs;

/// <summary>The folder of a short run with interventions and a truth meter, made within the test's own process.</summary>
internal static class ReportedRun
{
    private static readonly string[] Settings =
    [
        "run.presentations=200", "run.evaluateEvery=100", "run.truthEvery=100", "links.activity.loss.rate=0.25",
        "interventions={half-lost: {kind: change-links, links: all, loss: {law: independent, rate: 0.5}, at: {presentation: 40}}, "
            + "whole-again: {kind: undo, of: half-lost, at: {presentation: 120}}}",
    ];

    internal static async Task<string> MakeAsync(TemporaryFolder folder)
    {
        string path = folder.File("run <b>");
        ExperimentSettings settings = ExperimentFile.Load("xor", Settings, 7).Settings;
        var stimuli = new SharedStimuli(null);
        await RecordedRun.RunAsync(
            new("xor", settings), path, stimuli.For(settings), null, _ => { }, CancellationToken.None);
        return path;
    }

    /// <summary>Writes the report; gives its file.</summary>
    internal static string Report(string folder)
    {
        string file = Path.Combine(folder, RunFiles.Report);
        File.WriteAllText(file, RunReport.Write(RunRecord.Read(folder)));
        return file;
    }
}
