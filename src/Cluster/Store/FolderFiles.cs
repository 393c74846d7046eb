using Nudge.Checkpoints;

namespace Nudge.Store;

/// <summary>Files of a folder, which the nodes share: a local one on one machine, a network file system on many.</summary>
/// <param name="folder">The folder.</param>
internal sealed class FolderFiles(string folder) : ISnapshotFiles
{
    /// <inheritdoc/>
    public void Put(string name, ReadOnlyMemory<byte> bytes)
    {
        string path = PathOf(name);
        string folderOf = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folderOf))
        {
            Directory.CreateDirectory(folderOf);
            // The names of new folders are entries of those above them, up to the one that was there before.
            for (string above = folderOf; above.Length > folder.Length; above = Path.GetDirectoryName(above)!)
                FolderSync.Flush(Path.GetDirectoryName(above)!);
        }

        AtomicFile.Write(path, stream => stream.Write(bytes.Span));
    }

    /// <inheritdoc/>
    public byte[]? Get(string name)
    {
        try
        {
            return File.ReadAllBytes(PathOf(name));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Below(string beginning)
    {
        string path = PathOf(beginning);
        return Directory.Exists(path) ? [.. Directory.EnumerateDirectories(path).Select(one => Path.GetFileName(one))] : [];
    }

    /// <inheritdoc/>
    public long BytesBelow(string beginning) => BytesOf(new(PathOf(beginning)));

    /// <inheritdoc/>
    public void Delete(string beginning)
    {
        string path = PathOf(beginning);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    private static long BytesOf(DirectoryInfo folder)
    {
        try
        {
            return folder.EnumerateFiles().Sum(file => file.Length) + folder.EnumerateDirectories().Sum(BytesOf);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // Nodes may delete old snapshots meanwhile.
            return 0;
        }
    }

    private string PathOf(string name) => Path.Combine([folder, .. SnapshotName.PartsOf(name)]);
}
