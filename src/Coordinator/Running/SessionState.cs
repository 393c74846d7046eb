using Nudge.Recording;

namespace Nudge.Running;

/// <summary>What a checkpoint knows of the session around the engine.</summary>
/// <param name="Engine">Name of the engine.</param>
/// <param name="Wall">Wall time so far.</param>
/// <param name="Rows">Rows of metrics.csv so far.</param>
internal sealed record SessionState(string Engine, TimeSpan Wall, IReadOnlyList<MetricsRow> Rows)
{
    internal static SessionState Fresh(string engine) => new(engine, TimeSpan.Zero, []);

    internal static SessionState Restore(BinaryReader reader)
    {
        string engine = reader.ReadString();
        var wall = TimeSpan.FromTicks(reader.ReadInt64());
        var rows = new MetricsRow[reader.ReadInt32()];
        for (int i = 0; i < rows.Length; i++)
        {
            long presentations = reader.ReadInt64();
            double tau = reader.ReadDouble();
            long phases = reader.ReadInt64();
            double running = reader.ReadDouble();
            double accuracy = reader.ReadDouble();
            rows[i] = new(
                presentations,
                tau,
                phases,
                running,
                double.IsNaN(accuracy) ? null : accuracy,
                reader.ReadInt32(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadDouble());
        }

        return new(engine, wall, rows);
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Engine);
        writer.Write(Wall.Ticks);
        writer.Write(Rows.Count);
        foreach (MetricsRow row in Rows)
        {
            writer.Write(row.Presentations);
            writer.Write(row.SimulatedTau);
            writer.Write(row.Phases);
            writer.Write(row.RunningAccuracy);
            writer.Write(row.Accuracy ?? double.NaN);
            writer.Write(row.Examples);
            writer.Write(row.LearnedPositive);
            writer.Write(row.LearnedNegative);
            writer.Write(row.Gated);
            writer.Write(row.WallSeconds);
        }
    }
}
