using System.Globalization;

namespace Nudge.Recording;

/// <summary>
/// Decides between processes that want the same new folder. .NET does not report whether it made a folder itself, so
/// the lock file in it decides.
/// </summary>
internal static class FolderClaim
{
    /// <summary>Makes the first folder <c>NAME-N</c> that is free and holds it.</summary>
    internal static (string Path, FolderLock Held) FirstFree(string root, string name)
    {
        Directory.CreateDirectory(root);
        for (int number = 1; ; number++)
        {
            string folder = string.Create(CultureInfo.InvariantCulture, $"{FileName(name)}-{number}");
            string path = Path.Combine(root, folder);
            if (TryMake(path) is { } held)
                return (path, held);
        }
    }

    /// <summary>Makes a folder and holds it; null if it was there before or another process was faster.</summary>
    internal static FolderLock? TryMake(string path)
    {
        if (Path.Exists(path))
            return null;
        Directory.CreateDirectory(path);
        return TryClaim(path);
    }

    /// <summary>Holds a folder that was just made; null if another process had made it, be it over or not.</summary>
    internal static FolderLock? TryClaim(string path)
    {
        if (FolderLock.TryMake(path) is not { } held)
            return null;
        // The lock may be free again because the faster one has come and gone, but then it left something.
        if (Directory.EnumerateFileSystemEntries(path).Take(2).Count() == 1)
            return held;
        held.Dispose();
        return null;
    }

    private static string FileName(string name) => string.Concat(
        name.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-'));
}
