using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Nudge.Checkpoints;
using Nudge.Testing;

namespace Nudge.Cluster.Tests.Checkpoints;

public sealed class KilledWriterTests
{
    private const int Kills = 12;

    [Fact]
    public void A_process_killed_while_saving_leaves_the_last_complete_checkpoint_readable()
    {
        using var directory = new TemporaryDirectory();
        long before = 0;
        foreach ((int saves, double share) in Moments())
        {
            long reported = KillAfter(directory.Path, saves, share);

            long? loaded = CheckpointFile.TryLoadNewest(directory.Path, CheckpointWriter.Check, Assert.Fail);

            string moment = $"killed at {share:P0} of the save after {saves}";
            Assert.True(loaded >= reported, $"{loaded} is older than {reported}, which had been saved; {moment}");
            Assert.True(loaded >= before + saves, $"{loaded} does not go on from {before}; {moment}");
            before = loaded.Value;
        }
    }

    private static (int Saves, double Share)[] Moments() =>
        Gen.Select(Gen.Int[2, 5], Gen.Double[0, 1]).Array[Kills].Single();

    private static long KillAfter(string directory, int saves, double share)
    {
        using Process writer = CheckpointWriter.StartProcess(directory);
        long reported = 0;
        long saved = 0;
        TimeSpan aSave = default;
        try
        {
            for (int i = 0; i < saves; i++)
            {
                reported = long.Parse(writer.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
                aSave = Stopwatch.GetElapsedTime(saved);
                saved = Stopwatch.GetTimestamp();
            }

            // Somewhere within the next save, which takes about as long as the last one did.
            while (Stopwatch.GetElapsedTime(saved) < share * aSave)
                Thread.SpinWait(50);
        }
        finally
        {
            writer.Kill();
            writer.WaitForExit();
        }

        return reported;
    }
}
