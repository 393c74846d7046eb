using System.Globalization;
using Nudge.Store;
using Xunit.Abstractions;

namespace Nudge.Cluster.Tests.Store;

/// <summary>
/// A process is killed while it keeps a slice. NUDGE_KILLS asks for more kills, NUDGE_KILL_SEED for the same ones.
/// </summary>
public abstract class KilledSaverContract(ITestOutputHelper output) : StoreContract
{
    private static int Kills => Number("NUDGE_KILLS") ?? 3;

    internal abstract string Words { get; }

    [SkippableFact]
    public async Task A_killed_process_leaves_a_whole_snapshot_at_least_as_new_as_it_was_told()
    {
        int seed = Number("NUDGE_KILL_SEED") ?? Environment.TickCount;
        var moments = new Random(seed);
        output.WriteLine($"NUDGE_KILL_SEED={seed}");
        (int incarnation, long remains) = (0, 0);
        for (int kill = 1; kill <= Kills; kill++)
        {
            // From the second on it is known how long a save takes.
            int saves = moments.Next(2, 4);
            double share = moments.NextDouble();
            using var saver = new SliceSaver(Words);
            long kept = await saver.KillAsync(saves, share);

            SliceRestored seen = await Node().LookAfterKillAsync();

            long number = NumberedState.Read(seen.State);
            string moment = $"seed {seed}, kill {kill}, at {share:P0} of the save after {saves}";
            output.WriteLine($"{moment}: reported {kept}, found {number} in incarnation {seen.Incarnation}");
            Assert.True(number == kept || number == kept + 1, $"found {number}, reported {kept}; {moment}");
            // The one that was killed had an incarnation, and so has the one that looks.
            Assert.True(seen.Incarnation == incarnation + 2, $"{seen.Incarnation} after {incarnation}; {moment}");
            incarnation = seen.Incarnation;
            remains += await Rows.CountAsync($"sequence_number > {await LastCompleteAsync()} AND manifest = 'S2'");
        }

        output.WriteLine($"{remains} parts of snapshots that a kill cut short");
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    private async Task<long> LastCompleteAsync() => Convert.ToInt64(
        await Rows.RunAsync($"SELECT max(sequence_number) FROM {StoreSchema.Table} WHERE manifest = 'S3'"),
        CultureInfo.InvariantCulture);
}
