using System.Text;
using Nudge.Checkpoints;

namespace Nudge.Recording;

/// <summary>The folder that one run writes to, held by one process at a time until disposed.</summary>
public sealed class RunDirectory : IDisposable
{
    private readonly FolderLock _lock;

    private RunDirectory(string path, FolderLock held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>What to tell the user where the folder was left by a process that ended without removing its lock; else null.</summary>
    public string? TookOver => _lock.TookOver;

    /// <summary>Makes the folder that was asked for, or the first free <c>runs/NAME-N</c>.</summary>
    /// <param name="name">Name of the experiment.</param>
    /// <param name="asked">The folder asked for, or null.</param>
    /// <param name="root">Where fresh folders go.</param>
    /// <exception cref="OutputException">It exists, or cannot be made; nothing was written.</exception>
    public static RunDirectory Create(string name, string? asked, string root = "runs")
    {
        try
        {
            (string path, FolderLock held) = asked is null
                ? FolderClaim.FirstFree(root, name)
                : (asked, FolderClaim.TryMake(asked)
                    ?? throw new OutputException($"--out {asked}: exists already; expected a folder that does not"));
            return new(System.IO.Path.GetFullPath(path), held);
        }
        catch (Exception error) when (OutputException.IsRefusal(error))
        {
            throw new OutputException($"{asked ?? root}: cannot be made for results: {error.Message}", error);
        }
    }

    /// <summary>Makes a folder within one that this process holds; what an earlier try left there goes.</summary>
    /// <exception cref="OutputException">It cannot be made.</exception>
    internal static RunDirectory CreateAnew(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            Directory.CreateDirectory(path);
            return new(System.IO.Path.GetFullPath(path), FolderLock.Take(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputException.DuringRun(path, error);
        }
    }

    /// <summary>Opens the folder of an earlier run to go on with it.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="OutputException">It is not the folder of a run, or a run is going on in it.</exception>
    public static RunDirectory Open(string path) => Open(path, RunFiles.Experiment, $"--resume {path}", "a run");

    /// <summary>Opens a folder that a file marks as what it has to be.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="mark">The file.</param>
    /// <param name="asked">What asks for it, as messages name it.</param>
    /// <param name="what">What it has to be the folder of.</param>
    /// <exception cref="OutputException">It is not, or another process uses it.</exception>
    internal static RunDirectory Open(string path, string mark, string asked, string what)
    {
        if (!File.Exists(System.IO.Path.Combine(path, mark)))
            throw new OutputException($"{asked}: expected the folder of {what}, with {mark}");
        try
        {
            return new(System.IO.Path.GetFullPath(path), FolderLock.Take(path));
        }
        catch (Exception error) when (OutputException.IsRefusal(error))
        {
            throw new OutputException($"{asked}: cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Path of one of the run's files.</summary>
    /// <param name="file">One of <see cref="RunFiles"/>, with its ending.</param>
    public string FilePath(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="OutputException">It could not be written; one that was there before is untouched.</exception>
    public void Write(string file, Action<Stream> write)
    {
        try
        {
            AtomicFile.Write(FilePath(file), write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputException.DuringRun(FilePath(file), error);
        }
    }

    /// <summary>Writes a text as it is, whole or not at all.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="text">Its content.</param>
    public void WriteText(string file, string text) =>
        Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Lets another process use the folder.</summary>
    public void Dispose() => _lock.Dispose();
}
