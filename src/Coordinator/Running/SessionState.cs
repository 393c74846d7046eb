using Nudge.Recording;
using Nudge.State;

namespace Nudge.Running;

/// <summary>What a checkpoint knows of the session around the engine.</summary>
/// <param name="Engine">Name of the engine.</param>
/// <param name="Wall">Wall time so far.</param>
/// <param name="Rows">Rows of metrics.csv that belong to it.</param>
/// <param name="ResumedFrom">Presentations at the checkpoint, or null for a run that has just begun.</param>
/// <param name="TruthRows">Rows of truth.csv that belong to it.</param>
internal sealed record SessionState(string Engine, TimeSpan Wall, int Rows, long? ResumedFrom, int TruthRows)
{
    /// <summary>What a checkpoint is the state of: the session, then the engine.</summary>
    internal const string Subject = "run";

    internal const int SessionTag = 1;
    internal const int EngineTag = 2;

    /// <summary>Warnings so far; none in checkpoints of versions that had no list of them.</summary>
    internal IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>The settings that hold, as an experiment file; empty in checkpoints of versions that did not keep them.</summary>
    internal string Settings { get; init; } = "";

    /// <summary>The data; null in checkpoints of versions that did not keep them.</summary>
    internal DataSummary? Data { get; init; }

    /// <summary>Settings that were changed when the run went on, the earliest first.</summary>
    internal IReadOnlyList<SettingChange> Changes { get; init; } = [];

    internal static SessionState Fresh(string engine) => new(engine, TimeSpan.Zero, 0, null, 0);

    /// <summary>Saves or restores the session; gives the one that holds from now on.</summary>
    internal SessionState Describe(StateSection state)
    {
        var described = new SessionState(
            state.Item(1, Engine),
            TimeSpan.FromTicks(state.Item(2, Wall.Ticks, "wall")),
            state.Item(3, Rows),
            state.Item(4, ResumedFrom ?? 0, "presentations"),
            state.Item(5, TruthRows));
        if (state.Has(6))
            described = described with { Warnings = Describe(state, 6, Warnings) };
        if (!state.Has(7))
            return described;
        return described with
        {
            Settings = state.Item(7, Settings),
            Data = DataSummary.TryParse(state.Item(8, Data?.ToLine() ?? "", "data")),
            Changes = Describe(state, 9, Changes),
        };
    }

    private static List<RunWarning> Describe(StateSection state, int tag, IReadOnlyList<RunWarning> warnings)
    {
        List<RunWarning> all = [.. warnings];
        state.VariableList(tag, "warnings", all, Describe);
        return all;
    }

    private static List<SettingChange> Describe(StateSection state, int tag, IReadOnlyList<SettingChange> changes)
    {
        List<SettingChange> all = [.. changes];
        state.VariableList(tag, "changes", all, Describe);
        return all;
    }

    private static void Describe(StateSection state, ref SettingChange change)
    {
        change ??= new("", "", "", 0);
        change = new(
            state.Item(1, change.Path),
            state.Item(2, change.Before),
            state.Item(3, change.After),
            state.Item(4, change.Presentations));
    }

    private static void Describe(StateSection state, ref RunWarning warning)
    {
        warning ??= new("", "", "");
        warning = new(state.Item(1, warning.Topic), state.Item(2, warning.Path), state.Item(3, warning.Message))
        {
            Place = state.Present(4, warning.Place is not null) ? state.Item(4, warning.Place ?? "", "place") : null,
            Presentations = state.Present(5, warning.Presentations is not null)
                ? state.Item(5, warning.Presentations ?? 0, "presentations")
                : null,
        };
    }
}
