using System.Security.Cryptography;
using Nudge.DataSets;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Stimuli;

public sealed class DataDownloadTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))];
    private static readonly DownloadFile Wanted = new("images.gz", Md5(Content));

    [Fact]
    public async Task A_file_is_downloaded_whole()
    {
        using var folder = new TemporaryFolder();
        await using var server = new LocalServer(Content);
        await FetchAsync(folder, server.Address);
        Assert.Equal(Content, File.ReadAllBytes(folder.File("images.gz")));
        Assert.False(File.Exists(folder.File("images.gz.part")));
    }

    [Fact]
    public async Task A_part_is_gone_on_with_and_not_fetched_again()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("images.gz.part"), Content[..3000]);
        await using var server = new LocalServer(Content);
        await FetchAsync(folder, server.Address);
        Assert.Equal(Content, File.ReadAllBytes(folder.File("images.gz")));
        Assert.Equal(2000, server.BytesSent);
    }

    [Fact]
    public async Task A_transfer_that_breaks_off_is_gone_on_with_at_the_same_mirror()
    {
        using var folder = new TemporaryFolder();
        await using var server = new LocalServer(Content) { BreaksAfter = 2000 };
        await FetchAsync(folder, server.Address);
        Assert.Equal(Content, File.ReadAllBytes(folder.File("images.gz")));
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task A_wrong_part_is_thrown_away_and_the_file_fetched_from_its_beginning()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("images.gz.part"), new byte[3000]);
        await using var server = new LocalServer(Content);
        await FetchAsync(folder, server.Address);
        Assert.Equal(Content, File.ReadAllBytes(folder.File("images.gz")));
    }

    [Fact]
    public async Task A_server_that_knows_no_ranges_sends_all_again()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("images.gz.part"), Content[..3000]);
        await using var server = new LocalServer(Content) { KnowsRanges = false };
        await FetchAsync(folder, server.Address);
        Assert.Equal(Content, File.ReadAllBytes(folder.File("images.gz")));
    }

    [Fact]
    public async Task After_a_mirror_that_fails_or_lies_the_next_is_asked()
    {
        using var folder = new TemporaryFolder();
        await using var missing = new LocalServer(null);
        await using var wrong = new LocalServer([.. Content.Reverse()]);
        await using var right = new LocalServer(Content);
        await FetchAsync(folder, missing.Address, wrong.Address, right.Address);
        Assert.Equal(Content, File.ReadAllBytes(folder.File("images.gz")));
    }

    [Fact]
    public async Task A_wrong_checksum_everywhere_is_an_error_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        await using var wrong = new LocalServer([1, 2, 3]);
        DataException error = await Assert.ThrowsAsync<DataException>(() => FetchAsync(folder, wrong.Address));
        Assert.Contains(Wanted.Md5, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_asked_for()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("images.gz"), Content);
        await using var server = new LocalServer(Content);
        await FetchAsync(folder, server.Address);
        Assert.Equal(0, server.Requests);
    }

    private static async Task FetchAsync(TemporaryFolder folder, params string[] mirrors)
    {
        using var client = new HttpClient();
        await DataDownload.FetchAsync(client, mirrors, folder.Path, [Wanted], TextWriter.Null, CancellationToken.None);
    }

    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
}
