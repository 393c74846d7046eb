using System.Runtime.InteropServices;
using System.Text;

namespace Nudge.Checkpoints;

/// <summary>Makes a rename durable: the name of a file is stored in its folder, which has a cache of its own.</summary>
internal static class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder's entries to the disk as far as the file system allows.</summary>
    /// <param name="folder">An existing folder.</param>
    internal static void Flush(string folder)
    {
        // Windows journals its entries and does not let a program open a folder as a file.
        if (OperatingSystem.IsWindows())
            return;
        int handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (handle < 0)
            return;
        // Some network file systems refuse this; the rename has happened all the same, so a kill cannot undo it.
        _ = Sync(handle);
        _ = Close(handle);
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
