using Nudge.Store;
using Nudge.Testing;

namespace Nudge.Cluster.Tests.Store;

/// <summary>A store whose weights are files, and whose rows say which of them count.</summary>
public sealed class StoreFilesTests : StoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Files => _directory.File("files");

    private string OfSlice => Path.Combine(Files, "run", "3");

    public void Dispose() => _directory.Dispose();

    internal override Task<StoreSettings> NewStoreAsync() =>
        Task.FromResult(Stores.Parse(Stores.WithFiles($"sqlite:{_directory.File("s.db")}", Files)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(SliceFiles.PartLength, 1)]
    [InlineData(SliceFiles.PartLength + 5, 2)]
    public async Task What_is_kept_comes_back_from_its_files(int length, int parts)
    {
        byte[] state = NumberedState.Make(7, length);
        Life incarnation = Node().Begin();
        await incarnation.AwakeAsync();
        await incarnation.KeepAsync(state);

        Assert.Equal(parts, Directory.Exists(OfSlice) ? Directory.GetFiles(OfSlice, "*", SearchOption.AllDirectories).Length : 0);
        Assert.Equal(0, await Rows.CountAsync("manifest = 'S2'"));
        SliceRestored next = await Node(1).LookAsync();
        Assert.Equal((1L, 2), (next.Generation, next.Incarnation));
        Assert.True(next.State.Span.SequenceEqual(state));
    }

    [Fact]
    public async Task Files_of_old_snapshots_go_and_those_of_other_slices_stay()
    {
        Life other = Node().Begin(slice: 4);
        await other.AwakeAsync();
        await other.KeepAsync(NumberedState.Make(40, 100));
        for (int life = 1; life <= 3; life++)
        {
            Life incarnation = Node().Begin();
            await incarnation.AwakeAsync();
            for (int save = 1; save <= 3; save++)
                await incarnation.KeepAsync(NumberedState.Make((10 * life) + save, 100));
            await incarnation.EndAsync();
        }

        // They are deleted once the newest one counts, and nothing waits for it.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Directory.GetDirectories(OfSlice).Length > 1)
            await Task.Delay(20, limit.Token);
        Assert.Equal(33, NumberedState.Read((await Node().LookAsync()).State));
        Assert.Equal(40, NumberedState.Read((await Node().LookAsync(slice: 4)).State));
    }

    [Theory]
    [InlineData("missing", "0 of its 1 parts")]
    [InlineData("altered", "does not match its checksum")]
    [InlineData("no folder", "nudge node --store-files")]
    public async Task Where_its_files_cannot_be_had_a_slice_does_not_begin_anew_and_goes_on_once_they_can(string fault, string reason)
    {
        await KeepOneAsync(7);
        string file = Directory.GetFiles(OfSlice, "*", SearchOption.AllDirectories).Single();
        byte[] before = await File.ReadAllBytesAsync(file);
        if (fault == "missing")
            File.Delete(file);
        if (fault == "altered")
            await File.WriteAllBytesAsync(file, [.. before[..^1], (byte)(before[^1] ^ 1)]);
        await using var node = new StoreNode(fault == "no folder" ? Store with { Files = null } : Store);

        Life incarnation = node.Begin();
        Assert.Contains(reason, (await incarnation.FencedAsync()).Reason, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(file, before);
        Assert.Equal(7, NumberedState.Read((await Node().LookAsync()).State));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_costs_snapshots_and_is_tried_again()
    {
        Life incarnation = Node().Begin();
        await incarnation.AwakeAsync();
        // A file where the folder of the run would be.
        await File.WriteAllBytesAsync(Path.Combine(Files, "run"), []);
        incarnation.Keep(NumberedState.Make(1, 100));
        Assert.Contains("the store failed", (await incarnation.FailedAsync()).Reason, StringComparison.Ordinal);

        File.Delete(Path.Combine(Files, "run"));
        Life again = Node().Continue(1);
        Assert.IsType<StoreReopened>(await again.FirstWordAsync());
        await again.KeepAsync(NumberedState.Make(2, 100));
        Assert.Equal(2, NumberedState.Read((await Node(1).LookAsync()).State));
    }

    [Theory]
    [InlineData("put")]
    [InlineData("get")]
    public async Task Whatever_fault_its_files_have_is_answered_and_the_store_goes_on_afterwards(string faulty)
    {
        await KeepOneAsync(7);
        var files = new FaultyFiles(new FolderFiles(Files)) { Fault = faulty };
        await using var node = new StoreNode(Store, files);
        Life incarnation = node.Begin();
        if (faulty == "put")
        {
            await incarnation.AwakeAsync();
            incarnation.Keep(NumberedState.Make(8, 100));
        }

        Assert.Contains(FaultyFiles.Reason, (await incarnation.FailedAsync()).Reason, StringComparison.Ordinal);

        files.Fault = null;
        Life again = node.Begin();
        Assert.Equal(7, NumberedState.Read((await again.AwakeAsync()).State));
        await again.KeepAsync(NumberedState.Make(9, 100));
        Assert.Equal(9, NumberedState.Read((await Node(1).LookAsync()).State));
    }

    [Fact]
    public async Task A_run_may_change_from_rows_to_files_and_back()
    {
        await using var rows = new StoreNode(Store with { Files = null });
        Life first = rows.Begin();
        await first.AwakeAsync();
        await first.KeepAsync(NumberedState.Make(1, 100));

        Life second = Node().Begin();
        Assert.Equal(1, NumberedState.Read((await second.AwakeAsync()).State));
        await second.KeepAsync(NumberedState.Make(2, 100));
        Assert.Equal(2, NumberedState.Read((await Node(1).LookAsync()).State));
    }

    [Fact]
    public void What_a_store_that_failed_is_still_writing_is_not_where_the_next_one_writes()
    {
        string[] places =
        [
            .. Enumerable.Range(1, 2).Select(opened =>
            {
                var journal = new SliceJournal(new(3, 5, 0) { HasFiles = true, Opened = opened });
                journal.Recover(new IncarnationAllotted(5));
                journal.Recovered(1);
                return Assert.IsType<JournalEffect.Put>(Assert.Single(journal.Keep(new byte[] { 1 }, 1))).Place;
            }),
        ];
        Assert.NotEqual(places[0], places[1]);
    }

    [Theory]
    [InlineData("2-9-3", "10-1-1", true)]
    [InlineData("2-9-3", "2-10-1", true)]
    [InlineData("2-9-3", "2-9-20", true)]
    [InlineData("2-9-3", "2-9-3", false)]
    [InlineData("10-1-1", "9-9-9", false)]
    [InlineData("lost+found", "9-9-9", false)]
    [InlineData("2-9", "9-9-9", false)]
    public void Snapshots_have_an_order_and_what_is_none_is_left_alone(string one, string other, bool before) =>
        Assert.Equal(before, SnapshotPlace.IsBefore(one, other));

    // Not one of the errors that files have: an error of a program, as a client of an object store may have.
    private sealed class FaultyFiles(ISnapshotFiles files) : ISnapshotFiles
    {
        internal const string Reason = "a fault of the program";

        internal string? Fault { get; set; }

        public void Put(string name, ReadOnlyMemory<byte> bytes)
        {
            ThrowAt("put");
            files.Put(name, bytes);
        }

        public byte[]? Get(string name)
        {
            ThrowAt("get");
            return files.Get(name);
        }

        public IReadOnlyList<string> Below(string beginning) => files.Below(beginning);

        public long BytesBelow(string beginning) => files.BytesBelow(beginning);

        public void Delete(string beginning) => files.Delete(beginning);

        private void ThrowAt(string operation)
        {
            if (Fault == operation)
                throw new InvalidOperationException(Reason);
        }
    }
}
