namespace Nudge.Running;

/// <summary>What a checkpoint knows of the session around the engine.</summary>
/// <param name="Engine">Name of the engine.</param>
/// <param name="Wall">Wall time so far.</param>
/// <param name="Rows">Rows of metrics.csv that belong to it.</param>
/// <param name="ResumedFrom">Presentations at the checkpoint, or null for a run that has just begun.</param>
internal sealed record SessionState(string Engine, TimeSpan Wall, int Rows, long? ResumedFrom)
{
    /// <summary>Rows of truth.csv that belong to it; they come after the engine's state.</summary>
    internal int TruthRows { get; init; }

    internal static SessionState Fresh(string engine) => new(engine, TimeSpan.Zero, 0, null);

    internal static SessionState Restore(BinaryReader reader) => new(
        reader.ReadString(), TimeSpan.FromTicks(reader.ReadInt64()), reader.ReadInt32(), reader.ReadInt64());

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Engine);
        writer.Write(Wall.Ticks);
        writer.Write(Rows);
        writer.Write(ResumedFrom ?? 0);
    }
}
