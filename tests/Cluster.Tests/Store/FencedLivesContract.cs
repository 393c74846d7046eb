using System.Data.Common;
using Nudge.Store;

namespace Nudge.Cluster.Tests.Store;

/// <summary>Two incarnations of one slice: whichever database keeps them, only one may go on.</summary>
public abstract class FencedLivesContract : StoreContract
{
    [SkippableFact]
    public async Task Of_two_lives_that_recover_at_once_exactly_one_awakes()
    {
        for (int round = 1; round <= 5; round++)
        {
            Life[] incarnations;
            await using (await Rows.LockAsync())
            {
                // Both know where the journal ends, and neither has written there.
                incarnations = [Node().Begin(), Node(1).Begin()];
                foreach (Life incarnation in incarnations)
                    await incarnation.AnswersAsync();
            }

            object[] first = await Task.WhenAll(incarnations.Select(incarnation => incarnation.NextAsync()));

            Assert.Equal(round, Assert.Single(first.OfType<SliceRestored>()).Incarnation);
            SliceFenced fenced = Assert.Single(first.OfType<SliceFenced>());
            Assert.Equal(new(3, "another incarnation of the slice has taken over"), fenced);
            foreach (Life incarnation in incarnations)
                await incarnation.EndAsync();
        }
    }

    [SkippableFact]
    public async Task An_older_life_is_fenced_at_its_next_write()
    {
        Life older = Node().Begin();
        await older.AwakeAsync();
        await older.KeepAsync(NumberedState.Make(1, 100));
        Life newer = Node(1).Begin();
        await newer.AwakeAsync();

        older.Keep(NumberedState.Make(2, 100));

        Assert.Equal("another incarnation of the slice has taken over", (await older.FencedAsync()).Reason);
        await newer.KeepAsync(NumberedState.Make(3, 100));
        Assert.Equal(3, NumberedState.Read((await Node().LookAsync()).State));
    }

    [SkippableFact]
    public async Task An_older_life_that_slept_through_deletions_is_fenced_too()
    {
        Life older = Node().Begin();
        await older.AwakeAsync();
        long place = await Rows.NewestAsync() + 1;
        Life newer = Node(1).Begin();
        await newer.AwakeAsync();
        for (int number = 1; number <= 4; number++)
            await newer.KeepAsync(NumberedState.Make(number, 100));
        await newer.EndAsync();
        // Its place is free again: a unique index alone would let it write.
        await Rows.UntilGoneAsync(place);

        older.Keep(NumberedState.Make(9, 100));

        Assert.Equal("another incarnation of the slice has taken over", (await older.FencedAsync()).Reason);
        Assert.Equal(4, NumberedState.Read((await Node().LookAsync()).State));
    }

    [SkippableFact]
    public async Task A_life_that_is_fenced_takes_no_neighbour_with_it()
    {
        Life older = Node().Begin();
        await older.AwakeAsync();
        await Node(1).LookAsync();
        Life[] neighbours = [.. Enumerable.Range(10, 8).Select(slice => Node().Begin("run", slice))];
        foreach (Life neighbour in neighbours)
            await neighbour.AwakeAsync();

        await using (await Rows.LockAsync())
        {
            // All of them wait to be written together.
            foreach (Life incarnation in (Life[])[.. neighbours[..5], older, .. neighbours[5..]])
            {
                incarnation.Keep(NumberedState.Make(1, 100));
                await incarnation.AnswersAsync();
            }
        }

        await older.FencedAsync();
        foreach (Life neighbour in neighbours)
            Assert.Equal(1, (await neighbour.KeptAsync()).Generation);
    }

    [SkippableFact]
    public async Task A_place_in_a_journal_is_written_once()
    {
        await KeepOneAsync(1);
        long newest = await Rows.NewestAsync();
        await Assert.ThrowsAnyAsync<DbException>(() => Rows.WriteAsync(newest, new IncarnationAllotted(2)));
        await Assert.ThrowsAnyAsync<DbException>(() => Rows.WriteAsync(newest - 20, new IncarnationAllotted(2)));
        await Rows.WriteAsync(newest + 1, new IncarnationAllotted(2));
    }

    [SkippableFact]
    public async Task A_life_whose_store_fails_is_told_and_ends()
    {
        Life incarnation = Node().Begin();
        await incarnation.AwakeAsync();
        await Rows.RunAsync($"DROP TABLE {StoreSchema.Table}");
        incarnation.Keep(NumberedState.Make(1, 100));
        Assert.StartsWith("the store failed: ", (await incarnation.FailedAsync()).Reason, StringComparison.Ordinal);

        Life next = Node().Begin();
        Assert.StartsWith("the store failed: ", (await next.FailedAsync()).Reason, StringComparison.Ordinal);
    }
}
