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

    internal static SessionState Fresh(string engine) => new(engine, TimeSpan.Zero, 0, null, 0);

    /// <summary>Saves or restores the session; gives the one that holds from now on.</summary>
    internal SessionState Describe(StateSection state) => new(
        state.Item(1, Engine),
        TimeSpan.FromTicks(state.Item(2, Wall.Ticks, "wall")),
        state.Item(3, Rows),
        state.Item(4, ResumedFrom ?? 0, "presentations"),
        state.Item(5, TruthRows));
}
