using Nudge.Checkpoints;
using Nudge.Experiments;
using Nudge.Placement;
using Nudge.Recording;
using Nudge.Reports;
using Nudge.Running;
using Nudge.State;

namespace Nudge.Commands;

/// <summary><c>nudge run</c>: runs one experiment and writes its run directory.</summary>
internal static class RunCommand
{
    internal static async Task<int> ExecuteAsync(RunRequest request, CancellationToken cancellation)
    {
        using RunDirectory? resumed = request.Resume is null ? null : RunDirectory.Open(request.Resume);
        LoadedExperiment experiment = resumed is null
            ? ExperimentFile.Load(request.File ?? ExperimentFile.Default, request.Overrides, request.Seed)
            : ExperimentFile.Load(resumed.FilePath(RunFiles.Experiment), [], null);
        if (resumed?.TookOver is { } word)
            Message.Write($"nudge: {word}");
        PreparedRun run = await Abandonable.RunAsync(() => PreparedRun.Load(experiment.Settings, request.Data), cancellation);
        // Measured before the run, so that a rule which is not local stops it.
        await Abandonable.RunAsync(() => run.Carried, cancellation);
        Action<PlacementPlan> placed = _ => { };
        RunDirectory? folder = resumed;
        var found = new List<RunWarning>();
        (IEngineRun engine, SessionState state) = resumed is null
            ? Begin(request, run, plan => placed(plan), () => folder!.Path)
            : GoOn(request, run, resumed, plan => placed(plan), found);
        await using IEngineRun disposing = engine;
        if (resumed is null)
            TruthLog.ThrowIfImpossible(run);
        using RunDirectory directory = resumed ?? RunDirectory.Create(experiment.Settings.Name, request.Out);
        folder = directory;
        using IProgressDisplay progress = ProgressDisplays.Create(
            Console.Error, !Console.IsErrorRedirected, request.Quiet, TimeProvider.System);
        placed = plan => Record(plan.ToText(run.Network), directory, progress);
        var warnings = new RunWarnings(warning => progress.Warn(warning.ToString()));
        warnings.AddAll([.. state.Warnings, .. found, .. SettingsWarnings.Of(experiment), .. request.Nodes.Warnings]);
        if (resumed is null)
            directory.WriteText(RunFiles.Experiment, SettingsWriter.ToYaml(experiment.Settings, explained: false));
        progress.Say($"{experiment.Settings.Name}: {run.Data.Train.Count} training and {run.Data.Test.Count} held-out "
            + $"examples of {run.Data.Name} ({run.Data.Origin}), {engine.Engine} engine, into {directory.Path}");
        return await RunAsync(request, run, engine, directory, progress, state, warnings, cancellation);
    }

    private static async Task<int> RunAsync(
        RunRequest request,
        PreparedRun run,
        IEngineRun engine,
        RunDirectory directory,
        IProgressDisplay progress,
        SessionState state,
        RunWarnings warnings,
        CancellationToken cancellation)
    {
        using var session = new RunSession(run, engine, directory, progress, state, warnings);
        bool finished = await session.RunAsync(cancellation);
        Task<RunSummary> WriteAsync() => RunResults.WriteAsync(
            run, engine, session, directory, new RunFigures(), finished, state.ResumedFrom, cancellation);
        RunSummary summary;
        try
        {
            summary = await WriteAsync();
        }
        catch (OperationCanceledException) when (finished && cancellation.IsCancellationRequested)
        {
            // All stimuli have been shown: what goes on from here has only the results to write.
            await session.SaveAsync();
            finished = false;
            summary = await WriteAsync();
        }

        progress.Dispose();
        Print(request.Json, summary);
        return finished ? ExitCode.Done : ExitCode.Interrupted;
    }

    private static void Print(bool json, RunSummary summary)
    {
        try
        {
            if (json)
                Console.Out.WriteLine(summary.ToResultsJson());
            else
                SummaryTable.Print(Console.Out, !Console.IsOutputRedirected, summary);
        }
        catch (OutputException error)
        {
            throw OutputException.OfStandardOutput($"{error.Message}; the results are in {summary.OutputDirectory}");
        }
    }

    private static void Record(string placement, RunDirectory directory, IProgressDisplay progress)
    {
        directory.WriteText(RunFiles.Placement, placement);
        foreach (string line in placement.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            progress.Say(line);
    }

    private static (IEngineRun Engine, SessionState State) Begin(
        RunRequest request, PreparedRun run, Action<PlacementPlan> placed, Func<string> folder)
    {
        string name = request.Engine ?? "virtual";
        return (EngineFactory.Create(name, run, request.Nodes, placed, folder), SessionState.Fresh(name));
    }

    private static (IEngineRun Engine, SessionState State) GoOn(
        RunRequest request,
        PreparedRun run,
        RunDirectory directory,
        Action<PlacementPlan> placed,
        List<RunWarning> found)
    {
        (IEngineRun, SessionState)? restored = null;
        try
        {
            CheckpointFile.TryLoadNewest(
                directory.Path,
                stream => StateRoot.Restore(
                    stream, SessionState.Subject, root => restored = Restore(root, request, run, directory, placed)),
                problem => found.Add(new(WarningTopics.Checkpoint, "", problem)));
        }
        catch (CheckpointException error)
        {
            // Nothing has begun: the request is what cannot be done.
            throw new OutputException(WithSkipped($"--resume: {error.Message}", found), error);
        }

        return restored ?? throw new OutputException(
            WithSkipped($"--resume {directory.Path}: holds no complete checkpoint to go on from", found));
    }

    private static string WithSkipped(string message, List<RunWarning> skipped) =>
        string.Join('\n', [message, .. skipped.Select(warning => warning.Message)]);

    private static (IEngineRun Engine, SessionState State) Restore(
        StateSection root, RunRequest request, PreparedRun run, RunDirectory directory, Action<PlacementPlan> placed)
    {
        SessionState session = SessionState.Fresh("");
        root.Section(SessionState.SessionTag, "session", section => session = session.Describe(section));
        IEngineRun engine = EngineFactory.Create(
            request.Engine ?? session.Engine, run, request.Nodes, placed, () => directory.Path);
        if (engine.Engine != session.Engine)
            throw new OutputException($"--engine {engine.Engine}: the run was begun with {session.Engine}");
        root.Section(SessionState.EngineTag, "engine", engine.Restore);
        return (engine, session);
    }
}
