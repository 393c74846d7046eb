using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Nudge.Checkpoints;
using Nudge.Testing;

namespace Nudge.Cluster.Tests.Checkpoints;

public sealed class KilledWriterTests
{
    private const int Kills = 8;

    [Fact]
    public void A_process_killed_while_saving_leaves_the_last_complete_checkpoint_readable()
    {
        using var directory = new TemporaryDirectory();
        long before = 0;
        foreach ((int saves, int microseconds) in Moments())
        {
            long reported = KillAfter(directory.Path, saves, microseconds);

            long? loaded = CheckpointFile.TryLoadNewest(directory.Path, CheckpointWriter.Check, Assert.Fail);

            string moment = $"killed {microseconds} µs after save {saves}";
            Assert.True(loaded >= reported, $"{loaded} is older than {reported}, which had been saved; {moment}");
            Assert.True(loaded >= before + saves, $"{loaded} does not go on from {before}; {moment}");
            before = loaded.Value;
        }
    }

    private static (int Saves, int Microseconds)[] Moments() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 6_000]).Array[Kills].Single();

    private static long KillAfter(string directory, int saves, int microseconds)
    {
        using Process writer = CheckpointWriter.StartProcess(directory);
        long reported = 0;
        try
        {
            for (int i = 0; i < saves; i++)
                reported = long.Parse(writer.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            // Somewhere within the next save, which takes some milliseconds.
            long start = Stopwatch.GetTimestamp();
            SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(start).TotalMicroseconds >= microseconds);
        }
        finally
        {
            writer.Kill();
            writer.WaitForExit();
        }

        return reported;
    }
}
