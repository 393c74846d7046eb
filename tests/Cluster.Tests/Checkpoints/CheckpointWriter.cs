using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
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
            CheckpointFile.Save(directory, generation, StateOf(generation));
            saved.WriteLine(generation.ToString(CultureInfo.InvariantCulture));
        }
    }

    public static Process StartProcess(string directory) => Process.Start(new ProcessStartInfo
    {
        FileName = Environment.ProcessPath!,
        ArgumentList = { "exec", typeof(CheckpointWriter).Assembly.Location, "save", directory },
        RedirectStandardOutput = true,
    })!;

    public static void Check(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        long generation = reader.ReadInt64();
        for (int i = 0; i < Values; i++)
        {
            if (reader.ReadInt64() != generation * i)
                Assert.Fail($"value {i} is not of generation {generation}");
        }
    }

    private static byte[] StateOf(long generation)
    {
        long[] state = [generation, .. Enumerable.Range(0, Values).Select(i => generation * i)];
        return MemoryMarshal.AsBytes(state.AsSpan()).ToArray();
    }
}
