namespace Nudge.Checkpoints;

/// <summary>Files that are there whole or not at all, also after a kill or a power cut.</summary>
public static class AtomicFile
{
    /// <summary>What the name of a file that is still being written ends with.</summary>
    internal const string Unfinished = ".unfinished";

    /// <summary>Writes a temporary file in the same folder, flushes it to the disk, and gives it its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="IOException">It could not be written; a file that was there before is untouched.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, File.Create);

    /// <summary>The same with a choice of who makes the temporary file, so that tests can fill the disk.</summary>
    internal static void Write(string path, Action<Stream> write, Func<string, FileStream> create)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        string temporary = path + Unfinished;
        try
        {
            using (FileStream stream = create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Remove(temporary);
            throw;
        }

        FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report; the next successful save removes the leftover.
        }
    }
}
