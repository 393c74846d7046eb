using CsCheck;

namespace Nudge.Neurons.Tests.State;

/// <summary>Damaged states: each is restored or refused, at a small cost, and never anything else.</summary>
public sealed class StateFuzzTests
{
    private const long MostAllocated = 1 << 20;
    private static readonly byte[] Whole = Bytes.Of(Sample.Filled());

    [Fact]
    public void A_state_that_is_cut_short_anywhere_is_refused()
    {
        for (int length = 0; length < Whole.Length; length++)
            Assert.False(Restores(Whole[..length]), $"{length} of {Whole.Length} bytes were accepted.");
        Assert.True(Restores(Whole));
    }

    [Fact]
    public void Changed_bytes_are_restored_or_refused()
    {
        int restored = 0;
        int refused = 0;
        Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                byte[] bytes = [.. Whole];
                foreach ((int at, byte value) in changes)
                    bytes[at] = value;
                Interlocked.Increment(ref Restores(bytes) ? ref restored : ref refused);
            },
            iter: 20_000);
        // Both happen often, or the test would show nothing.
        Assert.True(restored > 1000 && refused > 1000, $"{restored} restored, {refused} refused.");
    }

    [Fact]
    public void Random_bytes_after_the_header_are_restored_or_refused() => Gen.Byte[0, 20].Array[0, 60].Sample(
        items =>
        {
            Restores([.. Whole[..17], .. items]);
        },
        iter: 20_000);

    [Fact]
    public void Sections_nested_very_deep_are_skipped_without_recursion()
    {
        byte[] nested = [.. Bytes.Of(_ => { })[..17], .. Enumerable.Repeat((byte)1, 4_000_000)];
        Assert.Contains("torn", Bytes.Refusal(nested, _ => { }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_of_many_gigabytes_allocates_nothing()
    {
        byte[] bytes = [.. Bytes.Of(_ => { })[..17], 1, 11, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 1, 2, 3];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("torn", Bytes.Refusal(bytes, state =>
        {
            byte[] values = [];
            Nudge.State.StateArrays.VariableBytes(state, 1, ref values);
        }), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
    }

    private static bool Restores(byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool restored = true;
        try
        {
            Bytes.Restore(bytes, new Sample().Describe);
        }
        catch (InvalidDataException)
        {
            restored = false;
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        return restored;
    }
}
