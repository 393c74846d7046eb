using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Nudge.Recording;

/// <summary>
/// A file that says which process uses its folder. Only one process can make it, which also holds where the file system
/// knows no locks, as some of a network do. It goes with the process; what a killed one left is recognised.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>Name of the file.</summary>
    internal const string FileName = ".lock";

    // EEXIST and ERROR_FILE_EXISTS: the file was there, even if it is gone again by now.
    private const int FileExistsOnUnix = 17;
    private const int FileExistsOnWindows = unchecked((int)0x80070050);

    private readonly string _path;

    private FolderLock(string path, string? tookOver)
    {
        _path = path;
        TookOver = tookOver;
    }

    /// <summary>What to tell the user where the file of a process that has ended was there; else null.</summary>
    internal string? TookOver { get; }

    // Two that take over in one process need names of their own for what they put aside.
    private static int _takeovers;

    /// <summary>Takes a folder that has no lock file; null if it has one.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    internal static FolderLock? TryMake(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return TryWrite(path) ? new(path, null) : null;
    }

    /// <summary>Takes a folder, also from a process of this machine that has ended.</summary>
    /// <exception cref="OutputException">Another process has it, or one of another machine had it.</exception>
    internal static FolderLock Take(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (TryWrite(path))
            return new(path, null);
        LockOwner? owner = LockOwner.Read(path);
        if (owner is null && !File.Exists(path))
            throw Raced(path);
        if (owner is null || !owner.IsOfThisHost)
        {
            throw new OutputException(
                $"{folder}: in use by {owner?.ToString() ?? "an unknown process"}, which cannot be seen from here; if it has "
                + $"ended, remove {path}");
        }

        if (owner.IsAlive)
            throw new OutputException($"{folder}: in use by {owner}");
        TakeOver(path, owner);
        return new(path, $"{folder}: goes on after {owner}, which ended without removing its lock");
    }

    /// <summary>Whether a process of this machine that still runs has a folder.</summary>
    internal static bool IsHeld(string folder) =>
        LockOwner.Read(Path.Combine(folder, FileName)) is { IsOfThisHost: true, IsAlive: true };

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What stays names a process that will have ended.
        }
    }

    // Of two processes that find the same file, one renames it. What it then holds may already be the new file of a third.
    private static void TakeOver(string path, LockOwner owner)
    {
        string aside = $"{path}-{Environment.ProcessId}-{Interlocked.Increment(ref _takeovers)}";
        if (LockOwner.Read(path) != owner)
            throw Raced(path);
        try
        {
            File.Move(path, aside);
        }
        catch (FileNotFoundException)
        {
            throw Raced(path);
        }

        if (LockOwner.Read(aside) != owner)
        {
            GiveBack(aside, path);
            throw Raced(path);
        }

        File.Delete(aside);
        if (!TryWrite(path))
            throw Raced(path);
    }

    private static void GiveBack(string aside, string path)
    {
        try
        {
            File.Move(aside, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }

    private static OutputException Raced(string path) =>
        new($"{Path.GetDirectoryName(path)}: another run has just begun to use it");

    private static bool TryWrite(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            file.Write(Encoding.UTF8.GetBytes(LockOwner.This.ToLine()));
            return true;
        }
        catch (IOException error) when (File.Exists(path) || error.HResult is FileExistsOnUnix or FileExistsOnWindows)
        {
            return false;
        }
    }
}

/// <summary>The process that a lock file names. Numbers of processes are used again, so its start counts too.</summary>
/// <param name="Host">Its machine.</param>
/// <param name="Process">Its number there.</param>
/// <param name="Started">When it started.</param>
internal sealed record LockOwner(string Host, int Process, DateTime Started)
{
    private const string Format = "yyyy-MM-ddTHH:mm:ssZ";

    // The system derives the start from a clock that may have been set since.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    internal static LockOwner This { get; } = Of(System.Diagnostics.Process.GetCurrentProcess());

    internal bool IsOfThisHost => Host == This.Host;

    /// <summary>Whether it still runs; asked on its own machine.</summary>
    internal bool IsAlive
    {
        get
        {
            try
            {
                using var process = System.Diagnostics.Process.GetProcessById(Process);
                return (Of(process).Started - Started).Duration() <= Tolerance;
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                return false;
            }
            catch (Exception error) when (error is System.ComponentModel.Win32Exception or NotSupportedException)
            {
                // It is there, and the system does not tell more.
                return true;
            }
        }
    }

    /// <summary>Reads a lock file; null if it is not readable, or not written yet.</summary>
    internal static LockOwner? Read(string path)
    {
        try
        {
            string[] parts = File.ReadAllText(path).Split('\n');
            return parts.Length > 2
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                && DateTime.TryParseExact(
                    parts[2],
                    Format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out DateTime started)
                ? new(parts[0], process, started)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Host}\n{Process}\n{Started.ToString(Format, CultureInfo.InvariantCulture)}\n");

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"process {Process} on {Host}");

    private static LockOwner Of(Process process)
    {
        DateTime started = process.StartTime.ToUniversalTime();
        // As the file has it.
        return new(Environment.MachineName, process.Id, new(started.Ticks - (started.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc));
    }
}
