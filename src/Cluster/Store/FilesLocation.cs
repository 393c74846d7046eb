using System.Globalization;

namespace Nudge.Store;

/// <summary>Opens what a setting names: a folder, or objects of a bucket.</summary>
internal static class FilesLocation
{
    private const string Probe = "probe";

    /// <summary>What is wrong with a text as a place for files, or null.</summary>
    internal static string? ErrorOf(string text) =>
        S3Place.IsMeantBy(text) && S3Place.Parse(text) is null ? "expected s3://BUCKET/PREFIX, of letters, digits, - _ and ." : null;

    /// <summary>The place as every node of a run has it, from whatever folder it was started.</summary>
    internal static string Absolute(string text) => S3Place.IsMeantBy(text) ? text : Path.GetFullPath(text);

    /// <summary>The files of a place.</summary>
    /// <exception cref="IOException">It names no place, or none that can be reached as the environment is.</exception>
    internal static ISnapshotFiles Open(string text) =>
        S3Place.Parse(text) is { } place ? S3Files.OfEnvironment(place)
        : ErrorOf(text) is { } error ? throw new IOException($"{text}: {error}")
        : new FolderFiles(text);

    /// <summary>Makes sure that files can be written, read and deleted.</summary>
    /// <exception cref="StoreException">They cannot.</exception>
    internal static void Try(string text)
    {
        // Nodes of a run start together.
        string name = string.Create(
            CultureInfo.InvariantCulture, $"{Probe}-{string.Concat(Environment.MachineName.Where(char.IsAsciiLetterOrDigit))}-{Environment.ProcessId}");
        try
        {
            ISnapshotFiles files = Open(text);
            using (files as IDisposable)
            {
                files.Put($"{name}/0", new byte[] { 1 });
                if (files.Get($"{name}/0") is not [1])
                    throw new IOException("what is written cannot be read");
                files.Delete(name);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string reason = error.Message.StartsWith($"{text}: ", StringComparison.Ordinal) ? error.Message[(text.Length + 2)..] : error.Message;
            throw new StoreException($"{text}: the store's files cannot be written: {reason}", error);
        }
    }
}
