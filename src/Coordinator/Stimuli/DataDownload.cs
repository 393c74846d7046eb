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

/// <summary>Downloads files from mirrors; what is half there is gone on with, what is wrong is fetched again.</summary>
public static class DataDownload
{
    private const string Part = ".part";
    private const int MostTries = 10;

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
            bool worthwhile = true;
            for (int tries = 0; worthwhile && tries < MostTries; tries++)
            {
                long before = LengthOf(path + Part);
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
                    // What was there before may be what is wrong.
                    worthwhile = before > 0;
                }
                catch (Exception error) when (IsFailure(error, cancellation))
                {
                    failures.Add($"{address}: {error.Message}");
                    worthwhile = LengthOf(path + Part) > before;
                }

                progress.WriteLine(failures[^1]);
            }
        }

        throw new DataException($"{file.Name} could not be fetched: {string.Join("; ", failures)}");
    }

    private static async Task ReceiveAsync(
        HttpClient client, Uri address, string part, TextWriter progress, CancellationToken cancellation)
    {
        long have = LengthOf(part);
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

    // A server that does not answer in time cancels the request, and not the command.
    private static bool IsFailure(Exception error, CancellationToken cancellation) =>
        error is HttpRequestException or IOException || (error is TaskCanceledException && !cancellation.IsCancellationRequested);

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await MD5.HashDataAsync(stream, cancellation));
    }
}
