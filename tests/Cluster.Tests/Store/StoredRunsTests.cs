using Nudge.Store;
using Nudge.Testing;

namespace Nudge.Cluster.Tests.Store;

/// <summary>What holds for the runs of a store wherever it lies.</summary>
public abstract class StoredRunsContract : StoreContract
{
    [Fact]
    public async Task A_store_without_runs_has_none_and_deletes_none()
    {
        Assert.Empty(await new StoredRuns(Store).ListAsync());
        await new StoredRuns(Store).DeleteAsync("run");
    }

    [Fact]
    public async Task Runs_are_listed_with_what_they_take_the_latest_first()
    {
        DateTimeOffset begun = TimeProvider.System.GetUtcNow();
        await KeepAsync("run", -1, 0, 1);
        await KeepAsync("run", -1, 0, 1);
        await KeepAsync("run", 0, 1_000, 2);
        await KeepAsync("run", 1, 500_000, 1);
        await KeepAsync("run2", 3, 2_000, 1);

        IReadOnlyList<StoredRun> runs = await new StoredRuns(Store).ListAsync();
        Assert.Equal(["run2", "run"], runs.Select(run => run.Run));
        Assert.Equal([(1, 0), (2, 2)], runs.Select(run => (run.Slices, run.Coordinators)));
        Assert.All(runs, run => Assert.InRange(run.Written, begun, TimeProvider.System.GetUtcNow()));
        bool isInFiles = Store.Files is not null;
        Assert.Equal(isInFiles ? [2_000L, 501_000L] : [0L, 0L], runs.Select(run => run.FileBytes!.Value));
        // Events have some bytes besides.
        Assert.InRange(runs[0].RowBytes, isInFiles ? 0 : 2_000, isInFiles ? 1_000 : 3_000);
        Assert.InRange(runs[1].RowBytes, isInFiles ? 0 : 501_000, isInFiles ? 1_000 : 503_000);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run2")]
    public async Task A_run_that_is_deleted_leaves_nothing_and_the_others_as_they_are(string deleted)
    {
        string other = deleted == "run" ? "run2" : "run";
        await KeepAsync("run", 3, 1_000, 7);
        await KeepAsync("run2", 3, 1_000, 8);
        StoredRun before = (await new StoredRuns(Store).ListAsync()).Single(run => run.Run == other);

        await new StoredRuns(Store).DeleteAsync(deleted);

        Assert.Equal([before], await new StoredRuns(Store).ListAsync());
        if (Store.Files is { } folder)
            Assert.Equal([other], Directory.GetDirectories(folder).Select(Path.GetFileName));
        Assert.True((await Node().LookAsync(deleted)).State.IsEmpty);
        Assert.Equal(other == "run" ? 7 : 8, NumberedState.Read((await Node().LookAsync(other)).State));
    }

    private protected async Task KeepAsync(string run, int slice, int length, long number)
    {
        Life life = Node().Begin(run, slice);
        await life.NextAsync();
        if (length > 0)
            await life.KeepAsync(NumberedState.Make(number, length));
        await life.EndAsync();
    }
}

/// <summary>Runs as rows of SQLite.</summary>
public sealed class SqliteStoredRunsTests : StoredRunsContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_is_no_store_is_refused_and_nothing_is_made()
    {
        string path = _directory.File("none.db");
        string message = (await Assert.ThrowsAsync<StoreException>(() => new StoredRuns(Stores.Parse($"sqlite:{path}")).ListAsync())).Message;
        Assert.EndsWith("there is no such file", message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));

        await File.WriteAllTextAsync(path, "text");
        message = (await Assert.ThrowsAsync<StoreException>(() => new StoredRuns(Stores.Parse($"sqlite:{path}")).ListAsync())).Message;
        Assert.Contains("not a database", message, StringComparison.Ordinal);

        string empty = _directory.File("empty.db");
        await File.WriteAllBytesAsync(empty, []);
        message = (await Assert.ThrowsAsync<StoreException>(() => new StoredRuns(Stores.Parse($"sqlite:{empty}")).ListAsync())).Message;
        Assert.Contains("no store of Nudge", message, StringComparison.Ordinal);
    }

    internal override Task<StoreSettings> NewStoreAsync() => Task.FromResult(Stores.Parse($"sqlite:{_directory.File("s.db")}"));
}

/// <summary>Runs whose weights are files.</summary>
public sealed class StoredRunsInFilesTests : StoredRunsContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Without_their_place_for_files_runs_are_listed_and_not_deleted()
    {
        await KeepAsync("run", 3, 1_000, 7);
        var elsewhere = new StoredRuns(Store with { Files = null });
        Assert.Null(Assert.Single(await elsewhere.ListAsync()).FileBytes);
        string message = (await Assert.ThrowsAsync<StoreException>(() => elsewhere.DeleteAsync("run"))).Message;
        Assert.Contains("--store-files", message, StringComparison.Ordinal);
        Assert.Equal(7, NumberedState.Read((await Node().LookAsync()).State));
    }

    [Fact]
    public async Task A_run_whose_files_cannot_be_deleted_stays_listed()
    {
        await KeepAsync("run", 3, 1_000, 7);
        var broken = new StoredRuns(Store with { Files = "s3://" });
        await Assert.ThrowsAsync<StoreException>(() => broken.DeleteAsync("run"));
        Assert.Single(await new StoredRuns(Store).ListAsync());
        await new StoredRuns(Store).DeleteAsync("run");
        Assert.Empty(await new StoredRuns(Store).ListAsync());
    }

    internal override Task<StoreSettings> NewStoreAsync() =>
        Task.FromResult(Stores.Parse(Stores.WithFiles($"sqlite:{_directory.File("s.db")}", _directory.File("files"))));
}

/// <summary>Runs as rows of PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresStoredRunsTests(PostgresServer server) : StoredRunsContract
{
    internal override async Task<StoreSettings> NewStoreAsync() => Stores.Parse(await server.NewStoreAsync());
}
