using CsCheck;
using Nudge.Store;

namespace Nudge.Cluster.Tests.Store;

public sealed class RecoveredSliceTests
{
    private enum Fate
    {
        Kept,
        Lost,
        Unreadable,
        Altered,
        Twice,
    }

    /// <summary>Lengths of snapshots; after which of them a new incarnation begins; the fate of each event.</summary>
    private static Gen<(int[] Lengths, bool[] Lives, Fate[] Fates)> Journals { get; } = Gen.Select(
        Gen.Int[0, 13].Array[1, 6],
        Gen.Bool.Array[6],
        Gen.Frequency((6, Gen.Const(Fate.Kept)), (1, Gen.Enum<Fate>())).Array[40]);

    [Fact]
    public void Whatever_becomes_of_a_journal_the_newest_whole_snapshot_is_found() => Journals.Sample(journal =>
    {
        var recovered = new RecoveredSlice();
        (int incarnation, int place) = (1, 1);
        (long whole, byte[] expected) = (0L, Array.Empty<byte>());
        recovered.Take(new IncarnationAllotted(1));
        for (int i = 0; i < journal.Lengths.Length; i++)
        {
            byte[] state = NumberedState.Make(i + 1, journal.Lengths[i]);
            var parts = new StateParts(incarnation, i + 1, state, partLength: 4);
            bool intact = true;
            IStoreEvent next;
            do
            {
                next = parts.Next();
                Fate fate = journal.Fates[place++ % journal.Fates.Length];
                // A part that comes twice is not one that is wrong; everything else is.
                intact &= fate is Fate.Kept or Fate.Twice;
                foreach (object stored in Become(next, fate))
                    recovered.Take(stored);
            }
            while (next is not StateComplete);
            if (intact)
                (whole, expected) = (i + 1, state);
            if (journal.Lives[i])
                recovered.Take(new IncarnationAllotted(++incarnation));
            place++;
        }

        Assert.Equal(whole, recovered.Generation);
        Assert.True(recovered.State.Span.SequenceEqual(expected));
        Assert.True(recovered.NextIncarnation(place + 1) > incarnation);
        Assert.True(recovered.LastBegun <= journal.Lengths.Length);
    }, iter: 20_000);

    private static object[] Become(IStoreEvent stored, Fate fate) => (fate, stored) switch
    {
        (Fate.Lost, _) => [],
        (Fate.Unreadable, _) => [new DamagedEvent("torn")],
        (Fate.Altered, StateChunk chunk) => [chunk with { Bytes = Altered(chunk.Bytes) }],
        (Fate.Altered, StateComplete complete) => [complete with { Checksum = Altered(complete.Checksum) }],
        (Fate.Twice, _) => [stored, stored],
        _ => [stored],
    };

    private static byte[] Altered(ReadOnlyMemory<byte> bytes) => bytes.IsEmpty
        ? [1]
        : [.. bytes[..^1].Span, (byte)(bytes.Span[^1] ^ 0x10)];
}
