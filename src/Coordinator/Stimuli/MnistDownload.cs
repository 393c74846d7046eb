using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>A file to download.</summary>
/// <param name="Name">Its name on every mirror.</param>
/// <param name="Md5">MD5 of its bytes, lower-case hexadecimal.</param>
public sealed record DownloadFile(string Name, string Md5);

/// <summary>Downloads MNIST from public mirrors; what is half there is gone on with, what is wrong is fetched again.</summary>
public static class MnistDownload
{
    private const string Part = ".part";

    /// <summary>The public mirrors.</summary>
    public static IReadOnlyList<string> Mirrors { get; } =
    [
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
    ];

    /// <summary>The four files, with their checksums at the original source.</summary>
    public static IReadOnlyList<DownloadFile> Files { get; } =
    [
        new("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
        new("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"),
        new("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
        new("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"),
    ];

    /// <summary>Downloads files that are not yet there.</summary>
    /// <param name="client">Makes the requests.</param>
    /// <param name="mirrors">Addresses of folders, tried one after another.</param>
    /// <param name="folder">Where to put the files; made if missing.</param>
    /// <param name="files">What to download.</param>
    /// <param name="progress">Receives each step.</param>
    /// <param name="cancellation">Stops; what was received is kept for the next try.</param>
    /// <exception cref="DataException">No mirror has a file with the right checksum.</exception>
    public static async Task FetchAsync(
        HttpClient client,
        IReadOnlyList<string> mirrors,
        string folder,
        IReadOnlyList<DownloadFile> files,
        TextWriter progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(mirrors);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(progress);
        Directory.CreateDirectory(folder);
        foreach (DownloadFile file in files)
        {
            string path = Path.Combine(folder, file.Name);
            if (File.Exists(path) && await HashAsync(path, cancellation) == file.Md5)
            {
                progress.WriteLine($"{file.Name}: there already");
                continue;
            }

            await FetchOneAsync(client, mirrors, path, file, progress, cancellation);
        }
    }

    private static async Task FetchOneAsync(
        HttpClient client,
        IReadOnlyList<string> mirrors,
        string path,
        DownloadFile file,
        TextWriter progress,
        CancellationToken cancellation)
    {
        var failures = new List<string>();
        foreach (string mirror in mirrors)
        {
            var address = new Uri(new Uri(mirror.EndsWith('/') ? mirror : mirror + "/"), file.Name);
            try
            {
                await ReceiveAsync(client, address, path + Part, progress, cancellation);
                string hash = await HashAsync(path + Part, cancellation);
                if (hash == file.Md5)
                {
                    File.Move(path + Part, path, overwrite: true);
                    progress.WriteLine($"{file.Name}: done");
                    return;
                }

                File.Delete(path + Part);
                failures.Add($"{address}: MD5 {hash}; expected {file.Md5}");
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                failures.Add($"{address}: {error.Message}");
            }

            progress.WriteLine(failures[^1]);
        }

        throw new DataException($"{file.Name} could not be fetched: {string.Join("; ", failures)}");
    }

    private static async Task ReceiveAsync(
        HttpClient client, Uri address, string part, TextWriter progress, CancellationToken cancellation)
    {
        long have = File.Exists(part) ? new FileInfo(part).Length : 0;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (have > 0)
            request.Headers.Range = new RangeHeaderValue(have, null);
        using HttpResponseMessage response =
            await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        // The part is already whole: the server has nothing beyond it.
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            return;
        response.EnsureSuccessStatusCode();
        bool resumes = response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange?.From == have;
        progress.WriteLine(resumes
            ? string.Create(CultureInfo.InvariantCulture, $"{address}: going on after {have} bytes")
            : $"{address}");
        await using var target = new FileStream(part, resumes ? FileMode.Append : FileMode.Create, FileAccess.Write);
        await using Stream source = await response.Content.ReadAsStreamAsync(cancellation);
        await source.CopyToAsync(target, cancellation);
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await MD5.HashDataAsync(stream, cancellation));
    }
}
