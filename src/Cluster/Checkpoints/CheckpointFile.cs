using System.Globalization;

namespace Nudge.Checkpoints;

/// <summary>
/// Numbered checkpoints in a folder. Each is on the disk whole before it gets its name, and goes only when two newer
/// ones are there: a kill at any moment leaves a complete one.
/// </summary>
public static class CheckpointFile
{
    private const int Kept = 2;
    private const string Prefix = "checkpoint-";
    private const string Suffix = ".bin";

    /// <summary>Saves one generation as <c>checkpoint-N.bin</c>; the one before it stays, older ones go.</summary>
    /// <param name="directory">An existing folder.</param>
    /// <param name="generation">Number of the checkpoint, growing through a run; 0 or more.</param>
    /// <param name="state">The state, gathered before any file is touched.</param>
    /// <exception cref="CheckpointException">It could not be written; earlier ones are untouched.</exception>
    public static void Save(string directory, long generation, ReadOnlyMemory<byte> state) =>
        Save(directory, generation, state, File.Create);

    internal static void Save(
        string directory, long generation, ReadOnlyMemory<byte> state, Func<string, FileStream> create)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(generation);
        string path = Path.Combine(directory, Name(generation));
        try
        {
            AtomicFile.Write(path, stream => CheckpointFormat.Write(stream, generation, state.Span), create);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(
                $"{path}: the checkpoint cannot be saved: {error.Message} Earlier checkpoints are kept.", error);
        }

        Prune(directory, generation);
    }

    /// <summary>Loads the newest checkpoint that is complete; torn and corrupt ones are skipped.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="read">Reads the state to its end; not called unless the whole file has been verified.</param>
    /// <param name="skipped">Receives each skipped file and why.</param>
    /// <returns>The generation loaded, or null if there is no complete checkpoint.</returns>
    /// <exception cref="CheckpointException">
    /// A complete checkpoint does not hold what was read, or is of an earlier version of Nudge.
    /// </exception>
    public static long? TryLoadNewest(string directory, Action<Stream> read, Action<string>? skipped = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        foreach ((long generation, string path) in List(directory))
        {
            if (TryRead(path, generation, out string reason) is { } body)
            {
                ReadToEnd(path, body, read);
                return generation;
            }

            skipped?.Invoke($"{path}: {reason}; skipped");
        }

        return null;
    }

    /// <summary>Checkpoints of a folder, the newest first, complete or not.</summary>
    /// <param name="directory">The folder; one that does not exist holds none.</param>
    public static IReadOnlyList<(long Generation, string Path)> List(string directory) => Directory.Exists(directory)
        ?
        [
            .. Directory.EnumerateFiles(directory, $"{Prefix}*{Suffix}")
                .Select(path => (Generation: GenerationOf(path), Path: path))
                .Where(file => file.Generation >= 0)
                .OrderByDescending(file => file.Generation),
        ]
        : [];

    private static MemoryStream? TryRead(string path, long generation, out string reason)
    {
        try
        {
            byte[] file = File.ReadAllBytes(path);
            if (CheckpointFormat.IsOfEarlierVersion(file, out string advice))
                throw new CheckpointException($"{path}: {advice}");
            reason = CheckpointFormat.Fault(file, generation) ?? "";
            return reason.Length == 0 ? CheckpointFormat.Body(file) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            reason = $"cannot be read: {error.Message}";
            return null;
        }
    }

    // A complete file that reads short or long is of another program or setting: its state would be a wrong one.
    private static void ReadToEnd(string path, MemoryStream body, Action<Stream> read)
    {
        try
        {
            read(body);
        }
        catch (EndOfStreamException error)
        {
            throw new CheckpointException($"{path}: complete, but holds less than this run's state", error);
        }
        catch (InvalidDataException error)
        {
            throw new CheckpointException($"{path}: complete, but not of this run: {error.Message}", error);
        }

        if (body.Position != body.Length)
            throw new CheckpointException($"{path}: complete, but holds more than this run's state");
    }

    private static void Prune(string directory, long generation)
    {
        try
        {
            foreach ((_, string path) in List(directory).Where(file => file.Generation <= generation).Skip(Kept))
                File.Delete(path);
            foreach (string path in Directory.EnumerateFiles(directory, $"{Prefix}*{Suffix}{AtomicFile.Unfinished}"))
                File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The new checkpoint is safe; one file too many is no reason to stop a run, and the next save tries again.
        }
    }

    private static string Name(long generation) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{generation}{Suffix}");

    private static long GenerationOf(string path)
    {
        string number = Path.GetFileName(path)[Prefix.Length..^Suffix.Length];
        bool ours = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long generation);
        return ours ? generation : -1;
    }
}
