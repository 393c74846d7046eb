using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Nudge.Commands;
using Nudge.Coordinator.Tests.Stimuli;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Commands;

/// <summary>Whole fetches from a local server, of small sets that are built as the public ones.</summary>
public sealed class DataFetchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void Public_sets_state_mirrors_licences_and_checksums() => Assert.All(DownloadCatalog.All, set =>
    {
        Assert.All(set.Mirrors, mirror => Assert.Matches("^https?://.*/$", mirror));
        Assert.All(set.Files, file => Assert.Matches("^[0-9a-f]{32}$", file.Md5));
        Assert.NotEmpty(set.Licence);
    });

    [Fact]
    public async Task Cifar_is_taken_out_of_its_archive_and_the_printed_settings_use_it()
    {
        byte[] archive = Tar(CifarWriter.Files().Select(file => ($"cifar-10-batches-bin/{file.Name}", file.Content)).Append(("../outside.bin", [1])));
        await FetchAsync(Set("cifar-10", archive), null, archive);

        Assert.Equal(5, DataSetCatalog.Load(new(Used(), _folder.Path)).Train.Count);
        Assert.IsType<CifarSettings>(Used());
        Assert.Contains("# licence: none stated", _output.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "..", "outside.bin")));
        Assert.False(File.Exists(_folder.File("outside.bin")));
    }

    [Fact]
    public async Task Emnist_gives_the_part_that_is_asked_for_and_another_one_later_from_the_same_archive()
    {
        byte[] archive = EmnistZip();
        await FetchAsync(Set("emnist", archive), "letters", archive);
        StimulusSets letters = DataSetCatalog.Load(new(Used(), _folder.Path));
        Assert.Equal(["1", "2", "26"], letters.Labels);
        Assert.False(File.Exists(_folder.File("emnist-digits-train-images-idx3-ubyte.gz")));
        _output.GetStringBuilder().Clear();

        await using var closed = new LocalServer(null);
        await FetchAsync(Set("emnist", archive), "digits", closed);

        Assert.Equal(2, DataSetCatalog.Load(new(Used(), _folder.Path)).Train.Classes);
        Assert.Equal(0, closed.Requests);
    }

    [Theory]
    [InlineData("emnist", null, "--split: found nothing; expected one of balanced,")]
    [InlineData("emnist", "words", "--split: found words; expected one of balanced,")]
    [InlineData("mnist", "letters", "--split: mnist has no parts")]
    public async Task A_part_that_a_set_does_not_have_is_refused_before_anything_is_fetched(string set, string? split, string expected)
    {
        await using var server = new LocalServer(null);

        DataException error = await Assert.ThrowsAsync<DataException>(() => FetchAsync(Set(set, []), split, server));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task An_archive_that_is_damaged_or_lacks_a_file_is_refused()
    {
        byte[] incomplete = Tar([("data_batch_1.bin", [1, 2])]);
        DataException missing = await Assert.ThrowsAsync<DataException>(() => FetchAsync(Set("cifar-10", incomplete), null, incomplete));
        Assert.Contains("holds no file data_batch_2.bin", missing.Message, StringComparison.Ordinal);
        byte[] damaged = incomplete[..(incomplete.Length / 2)];
        DataException broken = await Assert.ThrowsAsync<DataException>(() => FetchAsync(Set("cifar-10", damaged), null, damaged));
        Assert.Contains("cifar-10-binary.tar.gz: ", broken.Message, StringComparison.Ordinal);
    }

    private static DownloadSet Set(string name, byte[] content)
    {
        DownloadSet set = DownloadCatalog.All.First(one => one.Name == name);
        return set with { Files = [.. set.Files.Select(file => file with { Md5 = Convert.ToHexStringLower(MD5.HashData(content)) })] };
    }

    // What is printed must be what an experiment takes.
    private DataSettings Used()
    {
        string line = _output.ToString().Split('\n').Single(text => text.Contains("data: ", StringComparison.Ordinal));
        string data = line[line.IndexOf("data: ", StringComparison.Ordinal)..].Trim();
        return ExperimentFile.Parse("printed", $"""
            name: printed
            {data}
            populations: {"{in: {role: input, size: 3072}, out: {role: output, size: 10}}"}
            projections: {"{in-out: {from: in, to: out}}"}
            """, [], null).Settings.Data;
    }

    private async Task FetchAsync(DownloadSet set, string? split, byte[] content)
    {
        await using var server = new LocalServer(content);
        await FetchAsync(set, split, server);
    }

    private Task FetchAsync(DownloadSet set, string? split, LocalServer server) =>
        DataFetch.RunAsync(set, [server.Address], _folder.Path, split, _output, TextWriter.Null, CancellationToken.None);

    private static byte[] Tar(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var bytes = new MemoryStream();
        using (var zipped = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            using var tar = new TarWriter(zipped);
            foreach ((string name, byte[] content) in files)
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return bytes.ToArray();
    }

    private static byte[] EmnistZip()
    {
        using var folder = new TemporaryFolder();
        IdxWriter.WriteSet(folder.Path, [1, 2, 26], "emnist-letters-{0}-{1}-{2}", "test", zipped: true);
        IdxWriter.WriteSet(folder.Path, [0, 1], "emnist-digits-{0}-{1}-{2}", "test", zipped: true);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string path in Directory.GetFiles(folder.Path))
                zip.CreateEntryFromFile(path, $"gzip/{Path.GetFileName(path)}");
        }

        return bytes.ToArray();
    }
}
