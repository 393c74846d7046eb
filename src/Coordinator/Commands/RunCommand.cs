using Nudge.Experiments;
using Nudge.Placement;
using Nudge.Recording;
using Nudge.Reports;
using Nudge.Running;

namespace Nudge.Commands;

/// <summary><c>nudge run</c>: runs one experiment and writes its run directory.</summary>
internal static class RunCommand
{
    internal static async Task<int> ExecuteAsync(RunRequest request, CancellationToken cancellation)
    {
        using RunDirectory? held = request.Resume is null ? null : RunDirectory.Open(request.Resume);
        if (held?.TookOver is { } takeover)
            Message.Write($"nudge: {takeover}");
        Action<PlacementPlan> placed = _ => { };
        Action<string> report = _ => { };
        RunDirectory? folder = held;
        ResumedRun begun = await Abandonable.RunAsync(
            () => held is null
                ? Begin(request, plan => placed(plan), () => folder!.Path, line => report(line))
                : ResumedRun.Open(request, held, plan => placed(plan), line => report(line)),
            cancellation);
        (PreparedRun run, IEngineRun engine, SessionState state, LoadedExperiment experiment) = begun;
        await using IEngineRun disposing = engine;
        // Measured before the run, so that a rule which is not local stops it.
        await Abandonable.RunAsync(() => run.Carried, cancellation);
        if (held is null)
            TruthLog.ThrowIfImpossible(run);
        using RunDirectory directory = held ?? RunDirectory.Create(run.Settings.Name, request.Out);
        folder = directory;
        using IProgressDisplay progress = ProgressDisplays.Create(
            Console.Error, !Console.IsErrorRedirected, request.Quiet, TimeProvider.System);
        report = progress.Say;
        placed = plan => Record(plan.ToText(run.Network), directory, progress);
        var warnings = new RunWarnings(warning => progress.Warn(warning.ToString()));
        warnings.AddAll(
        [
            .. state.Warnings,
            .. begun.Warnings,
            .. SettingsWarnings.Of(experiment),
            .. DataWarnings.Of(run.Data),
            .. request.Nodes.Warnings,
        ]);
        // With the absolute path of the data, and with the settings that changed: a later resume must find what holds now.
        directory.WriteText(RunFiles.Experiment, SettingsWriter.ToYaml(run.Settings, explained: false));
        progress.Say($"{run.Settings.Name}: {run.Data.Train.Count} training and {run.Data.Test.Count} held-out "
            + $"examples of {run.Data.Name} ({run.Data.Origin}), {engine.Engine} engine, into {directory.Path}");
        if (run.Settings.Init is { } init && held is null)
            progress.Say($"{run.Settings.Name}: the first weights are those of {init.File}");
        var monitor = new RunMonitor(run, engine, directory.Path);
        using RunObservers observers = RunObservers.Begin(request, monitor, directory, state);
        await using WatchedRun? watched = request.Watch ? WatchedRun.Begin(request, monitor, directory, progress) : null;
        if (request.Speed is double speed && !request.Watch)
            monitor.Control.SpeedLimit = double.IsInfinity(speed) ? null : speed;
        if (request.Watch || request.Speed is not null)
            engine.Follow(monitor.Control);
        try
        {
            return await RunAsync(request, monitor, watched, directory, progress, state, warnings, cancellation);
        }
        catch when (watched is not null)
        {
            watched.Fail();
            throw;
        }
    }

    private static async Task<int> RunAsync(
        RunRequest request,
        RunMonitor monitor,
        WatchedRun? watched,
        RunDirectory directory,
        IProgressDisplay progress,
        SessionState state,
        RunWarnings warnings,
        CancellationToken cancellation)
    {
        (PreparedRun run, IEngineRun engine) = (monitor.Run, monitor.Engine);
        using var session = new RunSession(run, engine, directory, progress, state, warnings, monitor);
        bool finished = await session.RunAsync(cancellation);
        Task<RunSummary> WriteAsync() => RunResults.WriteAsync(
            run, engine, session, directory, request.Plots ? new RunFigures() : null, finished, state.ResumedFrom, cancellation);
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

        if (watched is not null)
            await watched.EndAsync(finished ? RunStage.Finished : RunStage.Stopped, progress, cancellation);
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

    private static ResumedRun Begin(
        RunRequest request, Action<PlacementPlan> placed, Func<string> folder, Action<string> report)
    {
        string name = request.Engine ?? EngineFactory.Virtual;
        LoadedExperiment experiment = request.Replay is { } replayed
            ? ReplayedExperiment.Load(replayed, request.Overrides)
            : ExperimentFile.Load(request.File ?? ExperimentFile.Default, request.Overrides, request.Seed);
        PreparedRun run = PreparedRun.Load(experiment, request.Data);
        IEngineRun engine = EngineFactory.Create(name, run, request.Nodes, placed, folder, report);
        return new(run, engine, SessionState.Fresh(name), experiment) { Warnings = [] };
    }
}
