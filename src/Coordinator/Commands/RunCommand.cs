using Nudge.Checkpoints;
using Nudge.Experiments;
using Nudge.Recording;
using Nudge.Reports;
using Nudge.Running;
using Spectre.Console;

namespace Nudge.Commands;

/// <summary><c>nudge run</c>: runs one experiment and writes its run directory.</summary>
internal static class RunCommand
{
    internal static async Task<int> ExecuteAsync(RunRequest request, CancellationToken cancellation)
    {
        RunDirectory? resumed = request.Resume is null ? null : RunDirectory.Open(request.Resume);
        LoadedExperiment experiment = resumed is null
            ? ExperimentFile.Load(request.File ?? ExperimentFile.Default, request.Overrides, request.Seed)
            : ExperimentFile.Load(resumed.FilePath("experiment.yaml"), [], null);
        PreparedRun run = PreparedRun.Load(experiment.Settings, request.Data);
        (IEngineRun engine, SessionState state) = resumed is null
            ? Begin(request, run)
            : GoOn(request, run, resumed);
        await using IEngineRun disposing = engine;
        RunDirectory directory = resumed ?? RunDirectory.Create(experiment.Settings.Name, request.Out);
        using IProgressDisplay progress = Display(request, engine.State.Presentations);
        foreach (Problem warning in experiment.Warnings)
            progress.Say($"warning: {warning}");
        if (resumed is null)
            directory.WriteText("experiment.yaml", SettingsWriter.ToYaml(experiment.Settings, explained: false));
        progress.Say($"{experiment.Settings.Name}: {run.Data.Train.Count} training and {run.Data.Test.Count} held-out "
            + $"examples of {run.Data.Name} ({run.Data.Origin}), {engine.Engine} engine, into {directory.Path}");
        return await RunAsync(request, run, engine, directory, progress, state, resumed is not null, cancellation);
    }

    private static async Task<int> RunAsync(
        RunRequest request,
        PreparedRun run,
        IEngineRun engine,
        RunDirectory directory,
        IProgressDisplay progress,
        SessionState state,
        bool resumed,
        CancellationToken cancellation)
    {
        using var session = new RunSession(run, engine, directory, progress, state);
        bool finished = await session.RunAsync(cancellation);
        RunSummary summary = await RunResults.WriteAsync(run, engine, session, directory, finished, resumed);
        progress.Dispose();
        if (request.Json)
            Console.Out.WriteLine(summary.ToJson(null));
        else
            RunReport.Print(Console.Out, summary);
        return finished ? ExitCode.Done : ExitCode.Interrupted;
    }

    private static (IEngineRun Engine, SessionState State) Begin(RunRequest request, PreparedRun run)
    {
        string name = request.Engine ?? "virtual";
        return (EngineFactory.Create(name, run), SessionState.Fresh(name));
    }

    private static (IEngineRun Engine, SessionState State) GoOn(RunRequest request, PreparedRun run, RunDirectory directory)
    {
        (IEngineRun, SessionState)? restored = null;
        CheckpointFile.RestoreNewest(
            directory.Path,
            reader =>
            {
                SessionState state = SessionState.Restore(reader);
                IEngineRun engine = EngineFactory.Create(request.Engine ?? state.Engine, run);
                if (engine.Engine != state.Engine)
                    throw new OutputException($"--engine {engine.Engine}: the run was begun with {state.Engine}");
                engine.Restore(reader);
                restored = (engine, state);
            },
            problem => Console.Error.WriteLine($"nudge: {problem}"));
        return restored!.Value;
    }

    private static IProgressDisplay Display(RunRequest request, long atStart)
    {
        if (request.Quiet)
            return new SilentProgress();
        if (Console.IsErrorRedirected)
            return new PlainProgress(Console.Error, atStart);
        IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        return new TerminalProgress(console, atStart);
    }
}
