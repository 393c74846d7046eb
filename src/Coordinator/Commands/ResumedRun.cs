using Nudge.Checkpoints;
using Nudge.Experiments;
using Nudge.Placement;
using Nudge.Recording;
using Nudge.Running;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Commands;

/// <summary>
/// A run as its newest checkpoint has it. The checkpoint holds the settings and what the data were: a run goes on as it was
/// begun, or not at all, but for what no result depends on and for its length.
/// </summary>
/// <param name="Run">The experiment as it goes on.</param>
/// <param name="Engine">The engine, restored.</param>
/// <param name="State">The session, with the changes of this resume.</param>
/// <param name="Experiment">The experiment as the folder and the options have it.</param>
internal sealed record ResumedRun(PreparedRun Run, IEngineRun Engine, SessionState State, LoadedExperiment Experiment)
{
    private const string Length = "run.presentations";

    /// <summary>Warnings of checkpoints that were skipped, and of what cannot be checked or changes with the length.</summary>
    internal required IReadOnlyList<RunWarning> Warnings { get; init; }

    /// <summary>Restores the run of a folder.</summary>
    /// <exception cref="OutputException">The folder holds no checkpoint to go on from, or one of another engine.</exception>
    /// <exception cref="ExperimentException">Settings differ from those of the checkpoint.</exception>
    internal static ResumedRun Open(
        RunRequest request, RunDirectory directory, Action<PlacementPlan> placed, Action<string> report)
    {
        ResumedRun? restored = null;
        var skipped = new List<RunWarning>();
        try
        {
            CheckpointFile.TryLoadNewest(
                directory.Path,
                stream => StateRoot.Restore(
                    stream, SessionState.Subject, root => restored = Restore(root, request, directory, placed, report)),
                problem => skipped.Add(new(WarningTopics.Checkpoint, "", problem)));
        }
        catch (CheckpointException error)
        {
            // Nothing has begun: the request is what cannot be done.
            throw new OutputException(WithSkipped($"--resume: {error.Message}", skipped), error);
        }

        return restored is not null
            ? restored with { Warnings = [.. skipped, .. restored.Warnings] }
            : throw new OutputException(
                WithSkipped($"--resume {directory.Path}: holds no complete checkpoint to go on from", skipped));
    }

    private static string WithSkipped(string message, List<RunWarning> skipped) =>
        string.Join('\n', [message, .. skipped.Select(warning => warning.Message)]);

    private static ResumedRun Restore(
        StateSection root, RunRequest request, RunDirectory directory, Action<PlacementPlan> placed, Action<string> report)
    {
        SessionState session = SessionState.Fresh("");
        root.Section(SessionState.SessionTag, "session", section => session = session.Describe(section));
        if (request.Engine is { } other && other != session.Engine)
            throw new OutputException($"--engine {other}: the run was begun with {session.Engine}");
        LoadedExperiment experiment = Lengthened(
            ExperimentFile.Load(directory.FilePath(RunFiles.Experiment), request.Overrides, null), request, session);
        PreparedRun run = PreparedRun.Load(experiment, request.Data);
        IReadOnlyList<SettingChange> changes = Changes(session, experiment with { Settings = run.Settings }, request);
        ThrowIfOtherData(session, run, directory);
        IEngineRun engine = EngineFactory.Create(session.Engine, run, request.Nodes, placed, () => directory.Path, report);
        root.Section(SessionState.EngineTag, "engine", engine.Restore);
        return new(run, engine, session with { Changes = [.. session.Changes, .. changes] }, experiment)
        {
            Warnings = [.. Unchecked(session), .. OfLength(run, changes)],
        };
    }

    private static LoadedExperiment Lengthened(LoadedExperiment experiment, RunRequest request, SessionState session)
    {
        if (request.Presentations is not { } asked)
            return experiment;
        if (asked <= session.ResumedFrom)
        {
            throw new OutputException(
                $"--presentations {asked}: the run has made {session.ResumedFrom} already; expected more");
        }

        ExperimentSettings settings = experiment.Settings;
        return experiment with
        {
            Settings = Rounding.WholeLanes(settings with { Run = settings.Run with { Presentations = asked } }),
        };
    }

    private static IReadOnlyList<SettingChange> Changes(SessionState session, LoadedExperiment experiment, RunRequest request)
    {
        if (session.Settings.Length == 0)
            return [];
        ExperimentSettings then = ExperimentFile.Parse("the settings in the checkpoint", session.Settings, [], null).Settings;
        IReadOnlyList<SettingDifference> all = SettingsComparison.Between(then, experiment.Settings);
        Problem[] refused =
        [
            .. all.Where(one => !IsAllowed(one.Path, session, request)).Select(one => new Problem(
                experiment.PlaceOf(one.Path),
                one.Path,
                $"{one.After}, and the run was begun with {one.Before}; expected {one.Before}, for --resume goes on with the same "
                + $"settings{(one.Path == Length ? $", or --presentations {one.After} to change the length" : "")}")),
        ];
        return refused.Length > 0
            ? throw new ExperimentException(refused)
            : [.. all.Select(one => new SettingChange(one.Path, one.Before, one.After, session.ResumedFrom ?? 0))];
    }

    private static bool IsAllowed(string path, SessionState session, RunRequest request) =>
        (path == Length && request.Presentations is not null)
        || SettingsComparison.IsFree(path, session.Engine == EngineFactory.Virtual);

    private static void ThrowIfOtherData(SessionState session, PreparedRun run, RunDirectory directory)
    {
        if (session.Data is not { } then || run.DataSummary.DifferencesFrom(then) is not { Count: > 0 } differences)
            return;
        throw new OutputException(
            $"--resume {directory.Path}: the data are not those that the run was begun with "
            + $"({then.Set}{(then.Path is null ? "" : $" in {then.Path}")} then, {run.Data.Name} "
            + $"({run.Data.Origin}) now): {string.Join("; ", differences)}");
    }

    private static IEnumerable<RunWarning> Unchecked(SessionState session)
    {
        if (session.Settings.Length == 0 || session.Data is null)
        {
            yield return new(
                WarningTopics.Checkpoint,
                "",
                "the checkpoint is of an earlier version, without settings and hash of the data: whether they are those that the "
                + "run was begun with cannot be checked");
        }
    }

    private static IEnumerable<RunWarning> OfLength(PreparedRun run, IReadOnlyList<SettingChange> changes)
    {
        if (changes.FirstOrDefault(one => one.Path == Length) is not { } change)
            yield break;
        foreach ((string name, ProjectionSettings projection) in run.Settings.Projections)
        {
            if (projection.Schedule is { Law: RateLaw.Linear, Over: null })
            {
                yield return new(
                    WarningTopics.Settings,
                    $"projections.{name}.schedule",
                    $"the rate falls over the length of the run: until here as in {change.Before} presentations, from here on as "
                    + $"in {change.After}");
            }
        }
    }
}
