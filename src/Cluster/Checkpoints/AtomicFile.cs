namespace Nudge.Checkpoints;

/// <summary>Files that are there whole or not at all, also after a kill or a power cut.</summary>
public static class AtomicFile
{
    private const string Unfinished = ".unfinished";

    /// <summary>Writes to a temporary file in the same folder, flushes it to the disk, and gives it its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="IOException">It could not be written; a file that was there before is untouched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string temporary = path + Unfinished;
        try
        {
            using (FileStream stream = File.Create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
