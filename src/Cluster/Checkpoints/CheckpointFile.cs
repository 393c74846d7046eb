using System.Globalization;
using System.Security.Cryptography;

namespace Nudge.Checkpoints;

/// <summary>
/// Numbered checkpoints in a folder. Each is written whole before it gets its name, carries its length and SHA-256, and the
/// last two are kept: a kill at any moment leaves a complete one.
/// </summary>
public static class CheckpointFile
{
    private const int FormatVersion = 1;
    private const int HashBytes = 32;
    private const int Kept = 2;
    private const string Prefix = "checkpoint-";
    private const string Suffix = ".bin";
    private static ReadOnlySpan<byte> Magic => "NUDGECHK"u8;

    /// <summary>Saves one checkpoint and removes those older than the one before it.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="number">Greater than that of every checkpoint in the folder.</param>
    /// <param name="write">Writes the state.</param>
    /// <exception cref="CheckpointException">It could not be written; earlier ones are untouched.</exception>
    public static void Save(string folder, long number, Action<BinaryWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, System.Text.Encoding.UTF8, leaveOpen: true))
            write(writer);
        ReadOnlySpan<byte> state = body.GetBuffer().AsSpan(0, (int)body.Length);
        byte[] hash = SHA256.HashData(state);
        string path = Path.Combine(folder, Name(number));
        try
        {
            AtomicFile.Write(path, stream =>
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                writer.Write(Magic);
                writer.Write(FormatVersion);
                writer.Write(body.Length);
                writer.Write(hash);
                writer.Write(body.GetBuffer().AsSpan(0, (int)body.Length));
            });
            foreach ((long _, string old) in List(folder).Skip(Kept))
                File.Delete(old);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: cannot be saved: {error.Message} The last checkpoint is kept.", error);
        }
    }

    /// <summary>Restores the newest checkpoint that is complete; damaged ones are passed over.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="read">Reads the state.</param>
    /// <param name="passedOver">Told of each damaged one.</param>
    /// <returns>The checkpoint's number.</returns>
    /// <exception cref="CheckpointException">There is no complete checkpoint.</exception>
    public static long RestoreNewest(string folder, Action<BinaryReader> read, Action<string> passedOver)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(passedOver);
        foreach ((long number, string path) in List(folder))
        {
            if (Load(path) is not { } state)
            {
                passedOver($"{path}: is not complete; passed over");
                continue;
            }

            using var reader = new BinaryReader(new MemoryStream(state));
            read(reader);
            return number;
        }

        throw new CheckpointException($"{folder}: holds no complete checkpoint");
    }

    /// <summary>Checkpoints of a folder, the newest first, complete or not.</summary>
    public static IReadOnlyList<(long Number, string Path)> List(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}")
            .Select(path => (Number: NumberOf(path), Path: path))
            .Where(file => file.Number >= 0)
            .OrderByDescending(file => file.Number),
    ];

    private static string Name(long number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D12}{Suffix}");

    private static long NumberOf(string path)
    {
        string name = Path.GetFileName(path)[Prefix.Length..^Suffix.Length];
        return long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;
    }

    private static byte[]? Load(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int header = Magic.Length + sizeof(int) + sizeof(long) + HashBytes;
        if (file.Length < header || !file.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            return null;
        using var reader = new BinaryReader(new MemoryStream(file, Magic.Length, file.Length - Magic.Length));
        bool fits = reader.ReadInt32() == FormatVersion && reader.ReadInt64() == file.Length - header;
        byte[] hash = reader.ReadBytes(HashBytes);
        byte[] state = file[header..];
        return fits && SHA256.HashData(state).AsSpan().SequenceEqual(hash) ? state : null;
    }
}
