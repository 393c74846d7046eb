using Nudge.Store;
using Nudge.Testing;

namespace Nudge.Cluster.Tests.Store;

/// <summary>What holds for the files of a store wherever they lie.</summary>
public abstract class SnapshotFilesContract
{
    internal abstract Task<ISnapshotFiles> NewAsync();

    [SkippableFact]
    public async Task What_is_put_is_there_and_what_is_put_again_replaces_it()
    {
        ISnapshotFiles files = await NewAsync();
        Assert.Null(files.Get("run/3/1-1-1/0"));
        foreach (int length in new[] { 0, 1, SliceFiles.PartLength })
        {
            byte[] bytes = NumberedState.Make(length, Math.Max(length, 100))[..length];
            files.Put("run/3/1-1-1/0", bytes);
            Assert.True(bytes.AsSpan().SequenceEqual(files.Get("run/3/1-1-1/0")));
        }
    }

    [SkippableFact]
    public async Task Names_below_a_beginning_are_listed_once_and_deleted_with_all_that_is_below_them()
    {
        ISnapshotFiles files = await NewAsync();
        Assert.Empty(files.Below("run/3"));
        foreach (string name in new[] { "run/3/1-1-1/0", "run/3/1-1-1/1", "run/3/1-1-2/0", "run/30/1-1-1/0", "runs/3/1-1-9/0" })
            files.Put(name, new byte[] { 1 });
        Assert.Equal(["1-1-1", "1-1-2"], files.Below("run/3").Order(StringComparer.Ordinal));
        Assert.Equal((2, 4), (files.BytesBelow("run/3/1-1-1"), files.BytesBelow("run")));
        files.Delete("run/3/1-1-1");
        files.Delete("run/3/1-1-1");
        Assert.Equal((0, 2), (files.BytesBelow("run/3/1-1-1"), files.BytesBelow("run")));
        Assert.Equal(["1-1-2"], files.Below("run/3"));
        Assert.Null(files.Get("run/3/1-1-1/1"));
        Assert.NotNull(files.Get("run/30/1-1-1/0"));
        Assert.NotNull(files.Get("runs/3/1-1-9/0"));
    }

    [SkippableTheory]
    [InlineData("../3/1-1-1/0")]
    [InlineData("run//1-1-1/0")]
    [InlineData("/etc/1-1-1/0")]
    [InlineData("run/3/./0")]
    public async Task Names_from_other_machines_do_not_lead_out_of_the_place(string name)
    {
        ISnapshotFiles files = await NewAsync();
        Assert.Throws<IOException>(() => files.Put(name, new byte[] { 1 }));
        Assert.Throws<IOException>(() => files.Get(name));
        Assert.Throws<IOException>(() => files.Below(name));
        Assert.Throws<IOException>(() => files.BytesBelow(name));
        Assert.Throws<IOException>(() => files.Delete(name));
    }
}

/// <summary>Files of a folder.</summary>
public sealed class FolderFilesTests : SnapshotFilesContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    internal override Task<ISnapshotFiles> NewAsync() => Task.FromResult<ISnapshotFiles>(new FolderFiles(_directory.File("files")));
}

/// <summary>Objects of a bucket.</summary>
public sealed class S3FilesTests(SwiftServer server) : SnapshotFilesContract, IClassFixture<SwiftServer>, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    internal override async Task<ISnapshotFiles> NewAsync() => await server.NewFilesAsync();

    [SkippableFact]
    public async Task More_names_than_a_page_of_a_listing_holds_are_all_listed_and_deleted()
    {
        using S3Files files = await server.NewFilesAsync(pageLength: 3);
        string[] names = [.. Enumerable.Range(0, 10).Select(number => $"{number}")];
        foreach (string name in names)
            files.Put($"run/3/{name}/0", new byte[] { 1 });
        Assert.Equal(names, files.Below("run/3").Order(StringComparer.Ordinal));
        files.Delete("run/3");
        Assert.Empty(files.Below("run/3"));
    }

    [SkippableFact]
    public async Task A_slice_goes_on_from_its_snapshot_and_older_ones_go()
    {
        using S3Files files = await server.NewFilesAsync();
        StoreSettings store = Stores.Parse($"sqlite:{_directory.File("s.db")}") with { Files = null };
        await SliceStore.OpenAsync(store);
        await using var node = new StoreNode(store, files);
        Life incarnation = node.Begin();
        await incarnation.AwakeAsync();
        for (int number = 1; number <= 3; number++)
            await incarnation.KeepAsync(NumberedState.Make(number, SliceFiles.PartLength + 5));

        Assert.Equal(3, NumberedState.Read((await node.LookAsync()).State));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (files.Below("run/3").Count > 1)
            await Task.Delay(20, limit.Token);
    }

    [SkippableFact]
    public async Task A_bucket_that_is_not_there_and_a_wrong_key_are_errors_that_name_the_place()
    {
        using S3Files some = await server.NewFilesAsync();
        using S3Files missing = server.Files("s3://no-such-bucket/a");
        foreach (Action operation in new Action[]
        {
            () => missing.Put("run/3/1-1-1/0", new byte[] { 1 }),
            () => missing.Get("run/3/1-1-1/0"),
            () => missing.Below("run/3"),
        })
            Assert.StartsWith("s3://no-such-bucket/a: ", Assert.Throws<IOException>(operation).Message, StringComparison.Ordinal);
        using S3Files stranger = server.Files("s3://bucket1/some/where", secret: "guessed");
        string message = Assert.Throws<IOException>(() => stranger.Get("run/3/1-1-1/0")).Message;
        Assert.StartsWith("s3://bucket1/some/where: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("guessed", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3://bucket", true)]
    [InlineData("s3://bucket/a/b-c_d.e", true)]
    [InlineData("s3://bucket/a/", true)]
    [InlineData("s3://b", false)]
    [InlineData("s3://bucket//a", false)]
    [InlineData("s3://bucket/../a", false)]
    [InlineData("s3:bucket/a", false)]
    [InlineData("S3://bucket/a", false)]
    public void A_place_is_a_bucket_and_a_beginning(string text, bool valid)
    {
        Assert.Equal(valid, S3Place.Parse(text) is not null);
        Assert.Equal(valid, FilesLocation.ErrorOf(text) is null);
        if (valid)
            Assert.Equal(text.TrimEnd('/'), $"{S3Place.Parse(text)}");
    }
}
