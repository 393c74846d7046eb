using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Recording;

namespace Nudge.Running;

/// <summary>
/// Runs an experiment in virtual time to its end, as <see cref="HeadlessRun"/> does, and leaves the folder that
/// <c>nudge run</c> would leave.
/// </summary>
internal static class RecordedRun
{
    /// <summary>Runs on the caller's thread; all files are on the disk when it returns.</summary>
    /// <param name="job">The run.</param>
    /// <param name="folder">Where to; one that is there was left half-written and is made again.</param>
    /// <param name="data">The examples, which other runs may share.</param>
    /// <param name="figures">Draws its figures; null for none.</param>
    /// <param name="shown">Receives now and then how many stimuli have been shown.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static async Task<HeadlessResult> RunAsync(
        PoolJob job,
        string folder,
        StimulusSets data,
        IRunFigures? figures,
        Action<long> shown,
        CancellationToken cancellation)
    {
        PreparedRun run = PreparedRun.Prepare(job.Settings, data);
        TruthLog.ThrowIfImpossible(run);
        await using var engine = new VirtualRun(run.Network, run.TrainingSchedule, run.Interventions);
        using RunDirectory directory = RunDirectory.CreateAnew(folder);
        directory.WriteText(RunFiles.Experiment, SettingsWriter.ToYaml(run.Settings, explained: false));
        using var progress = new PresentationsProgress(shown);
        var warnings = new RunWarnings();
        warnings.AddAll([.. job.Warnings, .. DataWarnings.Of(data)]);
        using var session = new RunSession(
            run, engine, directory, progress, SessionState.Fresh(engine.Engine), warnings);
        if (!await session.RunAsync(cancellation))
            throw new OperationCanceledException(cancellation);
        RunSummary summary = await RunResults.WriteAsync(
            run, engine, session, directory, figures, finished: true, resumedFrom: null, cancellation);
        session.FlushToDisk();
        return new()
        {
            Metrics = summary.Metrics,
            Curve = session.Likelihood?.Points ??
            [
                .. summary.Evaluations.Select(made => new CurvePoint(made.Presentations, made.Accuracy)),
            ],
            WallSeconds = summary.WallSeconds,
            EventHash = engine.EventHash!.Value,
            Warnings = warnings.All,
        };
    }
}

/// <summary>Hands on how many stimuli a run has shown, and nothing else.</summary>
internal sealed class PresentationsProgress(Action<long> shown) : IProgressDisplay
{
    public void Show(RunProgress progress) => shown(progress.Presentations);

    public void Say(string sentence)
    {
    }

    public void Warn(string warning)
    {
    }

    public void Dispose()
    {
    }
}
