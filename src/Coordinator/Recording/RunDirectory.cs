using System.Globalization;
using Nudge.Checkpoints;

namespace Nudge.Recording;

/// <summary>The folder that one run writes to.</summary>
public sealed class RunDirectory
{
    private RunDirectory(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Makes the folder that was asked for, or a fresh <c>runs/NAME-N</c>.</summary>
    /// <param name="name">Name of the experiment.</param>
    /// <param name="asked">The folder asked for, or null.</param>
    /// <exception cref="OutputException">It exists, or cannot be made.</exception>
    public static RunDirectory Create(string name, string? asked)
    {
        try
        {
            if (asked is null)
                return Fresh(name);
            if (Directory.Exists(asked) || File.Exists(asked))
                throw new OutputException($"--out {asked}: exists already; expected a folder that does not");
            Directory.CreateDirectory(asked);
            return new(System.IO.Path.GetFullPath(asked));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OutputException($"{asked ?? "runs"}: cannot be made: {error.Message}", error);
        }
    }

    /// <summary>Opens the folder of an earlier run.</summary>
    /// <exception cref="OutputException">It is not the folder of a run.</exception>
    public static RunDirectory Open(string path) => File.Exists(System.IO.Path.Combine(path, "experiment.yaml"))
        ? new(System.IO.Path.GetFullPath(path))
        : throw new OutputException($"--resume {path}: expected the folder of a run, with experiment.yaml and a checkpoint");

    /// <summary>Path of one of the run's files.</summary>
    public string FilePath(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Writes a text, whole or not at all.</summary>
    public void WriteText(string file, string text) => AtomicFile.Write(FilePath(file), stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    });

    private static RunDirectory Fresh(string name)
    {
        Directory.CreateDirectory("runs");
        for (int number = 1; ; number++)
        {
            string path = System.IO.Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));
            if (Directory.Exists(path))
                continue;
            // A claim file made exclusively decides between two runs that choose the same number at once.
            Directory.CreateDirectory(path);
            try
            {
                using FileStream claim = new(System.IO.Path.Combine(path, ".claim"), FileMode.CreateNew);
                return new(System.IO.Path.GetFullPath(path));
            }
            catch (IOException) when (File.Exists(System.IO.Path.Combine(path, ".claim")))
            {
            }
        }
    }
}
