using System.Text.Json;
using Nudge.Recording;

namespace Nudge.Commands;

/// <summary>The file in a folder that tells where the page of its run or sweep is served.</summary>
internal static class WatchAddress
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>Writes the address, readable for this user alone.</summary>
    internal static void Write(RunDirectory directory, string address) =>
        directory.Write(RunFiles.Watch, file => WriteForUser(file, address));

    /// <summary>Takes it away.</summary>
    internal static void Remove(RunDirectory directory)
    {
        string file = directory.FilePath(RunFiles.Watch);
        if (File.Exists(file))
            File.Delete(file);
    }

    /// <summary>Where the page of a folder is served; null where none is, as after a program that was killed.</summary>
    internal static async Task<string?> OfAsync(string folder, CancellationToken cancellation)
    {
        string file = Path.Combine(folder, RunFiles.Watch);
        if (!File.Exists(file))
            return null;
        try
        {
            string? address = JsonDocument.Parse(await File.ReadAllTextAsync(file, cancellation)).RootElement.GetProperty("address").GetString();
            using var client = new HttpClient { Timeout = AnswerWithin };
            using HttpResponseMessage answer = await client.GetAsync(new Uri(address!), cancellation);
            return answer.IsSuccessStatusCode ? address : null;
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or KeyNotFoundException or UriFormatException
            or ArgumentNullException or IOException || (error is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    // Who can read the file can steer the run: before the token is in it, it belongs to one user alone.
    private static void WriteForUser(Stream file, string address)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(((FileStream)file).SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        JsonSerializer.Serialize(file, new Dictionary<string, string> { ["address"] = address });
    }
}
