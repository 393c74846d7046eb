using System.Diagnostics;
using System.Globalization;
using Nudge.Checkpoints;

namespace Nudge.Cluster.Tests.Checkpoints;

/// <summary>Saves states that a reader can check, in this process or in one of its own.</summary>
internal static class CheckpointWriter
{
    // Four megabytes: enough that a kill often falls into the writing of them.
    private const int Values = 500_000;

    public static void SaveForever(string directory, TextWriter saved)
    {
        for (long generation = (CheckpointFile.TryLoadNewest(directory, Check) ?? 0) + 1; ; generation++)
        {
            long state = generation;
            CheckpointFile.Save(directory, generation, writer => Write(writer, state));
            saved.WriteLine(generation.ToString(CultureInfo.InvariantCulture));
        }
    }

    public static Process StartProcess(string directory) => Process.Start(new ProcessStartInfo
    {
        FileName = Environment.ProcessPath!,
        ArgumentList = { "exec", typeof(CheckpointWriter).Assembly.Location, "save", directory },
        RedirectStandardOutput = true,
    })!;

    public static void Check(BinaryReader reader)
    {
        long generation = reader.ReadInt64();
        for (int i = 0; i < Values; i++)
        {
            if (reader.ReadInt64() != generation * i)
                Assert.Fail($"value {i} is not of generation {generation}");
        }
    }

    private static void Write(BinaryWriter writer, long generation)
    {
        writer.Write(generation);
        for (int i = 0; i < Values; i++)
            writer.Write(generation * i);
    }
}
