using Nudge.Store;

namespace Nudge.Cluster.Tests.Store;

/// <summary>What one incarnation keeps and the next finds, in any database.</summary>
public abstract class SliceStoreContract : StoreContract
{
    private const int ChunkLength = StateChunk.MaximumLength;

    [SkippableFact]
    public async Task A_slice_that_nobody_kept_awakes_empty_in_its_first_life()
    {
        SliceRestored restored = await Node().Begin().AwakeAsync();
        Assert.Equal((3, 1, 0L, 0), (restored.Slice, restored.Incarnation, restored.Generation, restored.State.Length));
        Assert.Equal(1, await Rows.CountAsync("manifest = 'S1'"));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ChunkLength)]
    [InlineData((2 * ChunkLength) + (ChunkLength / 4))]
    public async Task What_is_kept_comes_back(int length)
    {
        byte[] state = NumberedState.Make(7, length);
        Life incarnation = Node().Begin();
        await incarnation.AwakeAsync();
        long generation = await incarnation.KeepAsync(state);

        SliceRestored next = await Node().LookAsync();

        Assert.Equal((1, 1L, 2), (generation, next.Generation, next.Incarnation));
        Assert.True(next.State.Span.SequenceEqual(state));
    }

    [SkippableFact]
    public async Task An_incarnation_whose_store_failed_goes_on_with_it_if_it_is_still_the_newest()
    {
        Life first = Node().Begin();
        await first.AwakeAsync();
        await first.KeepAsync(NumberedState.Make(1, 100));
        await Rows.BreakAsync();
        first.Keep(NumberedState.Make(2, 100));
        Assert.IsType<StoreFailed>(await first.NextAsync());
        Assert.IsType<StoreFailed>(await Node().Continue(1).FirstWordAsync());
        await Rows.MendAsync();

        Life again = Node().Continue(1);
        Assert.IsType<StoreReopened>(await again.FirstWordAsync());
        await again.KeepAsync(NumberedState.Make(3, 100));
        await again.EndAsync();
        Life other = Node(1).Begin();
        SliceRestored restored = await other.AwakeAsync();
        Assert.Equal((2, 3L), (restored.Incarnation, NumberedState.Read(restored.State)));

        var late = Assert.IsType<SliceFenced>(await Node().Continue(1).FirstWordAsync());
        Assert.Contains("taken over", late.Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Of_states_that_wait_the_newest_is_kept()
    {
        Life incarnation = Node().Begin();
        await incarnation.AwakeAsync();
        await using (await Rows.LockAsync())
        {
            for (int number = 1; number <= 100; number++)
                incarnation.Keep(NumberedState.Make(number, 100));
            await incarnation.AnswersAsync();
        }

        Assert.Equal(1, (await incarnation.KeptAsync()).Generation);
        Assert.Equal(2, (await incarnation.KeptAsync()).Generation);
        await SeesAsync(generation: 2, number: 100, incarnation: 2);
    }

    [SkippableFact]
    public async Task Slices_and_runs_do_not_mix()
    {
        (string Run, int Slice)[] all = [("a", 1), ("a", 2), ("b", 1), ("a", 12)];
        foreach ((string run, int slice) in all)
        {
            Life incarnation = Node().Begin(run, slice);
            await incarnation.AwakeAsync();
            await incarnation.KeepAsync(NumberedState.Make(run[0] + slice, 100));
        }

        foreach ((string run, int slice) in all)
            Assert.Equal(run[0] + slice, NumberedState.Read((await Node(1).LookAsync(run, slice)).State));
    }

    [SkippableFact]
    public async Task Incarnations_rise_and_old_rows_go()
    {
        for (int incarnation = 1; incarnation <= 4; incarnation++)
        {
            Life now = Node().Begin();
            Assert.Equal(incarnation, (await now.AwakeAsync()).Incarnation);
            for (int save = 0; save < 3; save++)
                await now.KeepAsync(NumberedState.Make(save, ChunkLength + 1));
            await now.EndAsync();
        }

        Assert.Equal(5, (await Node().LookAsync()).Incarnation);
        // Two parts and the completion, the present incarnation, and what the last deletion has perhaps not reached.
        Assert.InRange(await Rows.CountAsync(), 4, 8);
        Assert.True(await Rows.NewestAsync() >= 4 * 10);
    }

    [SkippableFact]
    public async Task A_slice_may_come_back_to_a_node_where_it_was_before()
    {
        await KeepOneAsync(1);
        for (int incarnation = 2; incarnation <= 6; incarnation++)
        {
            SliceRestored restored = await Node(incarnation % 2).LookAsync();
            Assert.Equal((incarnation, 1L), (restored.Incarnation, restored.Generation));
        }
    }

    [SkippableFact]
    public async Task A_snapshot_without_its_completion_does_not_count()
    {
        await KeepOneAsync(1);
        await Rows.AppendAsync(new IncarnationAllotted(2));
        await Rows.AppendAsync(new StateParts(2, 2, NumberedState.Make(2, 100)).Next());

        await SeesAsync(generation: 1, number: 1, incarnation: 3);
        // The remains of generation 2 must not be taken for parts of another one.
        Life incarnation = Node().Begin();
        await incarnation.AwakeAsync();
        Assert.Equal(3, await incarnation.KeepAsync(NumberedState.Make(3, 100)));
    }

    [SkippableTheory]
    [InlineData("a byte of a part")]
    [InlineData("the checksum")]
    [InlineData("a part is missing")]
    [InlineData("a part cannot be read")]
    [InlineData("the completion cannot be read")]
    public async Task A_damaged_snapshot_gives_way_to_the_one_before(string damage)
    {
        await KeepOneAsync(1);
        await Rows.AppendAsync(new StateParts(1, 2, NumberedState.Make(2, 100), partLength: 40));
        await SeesAsync(generation: 2, number: 2, incarnation: 2);

        await DamageAsync(damage);

        SliceRestored seen = await Node().LookAsync();
        Assert.Equal((1, 1), (seen.Generation, NumberedState.Read(seen.State)));
        Assert.True(seen.Incarnation > 2, $"{seen}");
    }

    [SkippableTheory]
    [InlineData("a byte of a part")]
    [InlineData("a part cannot be read")]
    [InlineData("the completion cannot be read")]
    public async Task A_damaged_snapshot_without_one_before_is_none(string damage)
    {
        await KeepOneAsync(1);
        await DamageAsync(damage);

        Life incarnation = Node().Begin();
        SliceRestored seen = await incarnation.AwakeAsync();
        Assert.Equal((0L, 0), (seen.Generation, seen.State.Length));
        await incarnation.KeepAsync(NumberedState.Make(9, 100));
        Assert.Equal(9, NumberedState.Read((await Node().LookAsync()).State));
    }

    [SkippableFact]
    public async Task An_incarnation_is_never_given_twice_even_if_its_allotment_is_damaged()
    {
        for (int incarnation = 1; incarnation <= 3; incarnation++)
            Assert.Equal(incarnation, (await Node().LookAsync()).Incarnation);
        for (int row = 1; row <= 3; row++)
            await Rows.RunAsync($"UPDATE {StoreSchema.Table} SET message = @m", ("m", new byte[] { 0xC1 }));

        Assert.True((await Node().LookAsync()).Incarnation > 3);
    }

    private async Task SeesAsync(long generation, long number, int incarnation)
    {
        SliceRestored seen = await Node().LookAsync();
        Assert.Equal(
            (generation, number, incarnation), (seen.Generation, NumberedState.Read(seen.State), seen.Incarnation));
    }

    private Task DamageAsync(string damage) => damage switch
    {
        "a byte of a part" => Rows.ChangeAsync("S2", bytes => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]),
        "the checksum" => Rows.ChangeAsync("S3", bytes => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]),
        "a part is missing" => Rows.DeleteAsync("S2"),
        "a part cannot be read" => Rows.ChangeAsync("S2", bytes => bytes[..^1]),
        "the completion cannot be read" => Rows.ChangeAsync("S3", _ => []),
        _ => throw new ArgumentException(damage, nameof(damage)),
    };
}
