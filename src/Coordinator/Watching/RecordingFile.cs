using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Nudge.Checkpoints;
using Nudge.Recording;

namespace Nudge.Watching;

/// <summary>One line of a recording: what the page has to know first, or a frame.</summary>
internal sealed record RecordedLine(NetworkFrame? Network = null, RunFrame? Frame = null);

/// <summary>
/// A recording: lines of JSON, each compressed by itself, so that all lines before a kill can be read. A run that goes on from a
/// checkpoint keeps the frames up to it.
/// </summary>
internal sealed class RecordingFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    private RecordingFile(string path, int points)
    {
        _path = path;
        Points = points;
        _file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Points of the curve that its frames have, each once.</summary>
    internal int Points { get; private set; }

    /// <summary>Begins a recording, or goes on with the one that is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">What the page has to know first.</param>
    /// <param name="shown">Stimuli that the run has shown; later frames are of a part that is run again.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    internal static RecordingFile Begin(string path, NetworkFrame network, long shown)
    {
        try
        {
            RecordedLine[] kept = File.Exists(path)
                ? [.. Lines(path, out _).Where(line => line.Frame is { } frame && frame.Presentations <= shown)]
                : [];
            AtomicFile.Write(path, stream =>
            {
                Write(stream, new(Network: network));
                foreach (RecordedLine line in kept)
                    Write(stream, line);
            });
            return new(path, kept.Sum(line => line.Frame!.Curve.Count));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputException.DuringRun(path, error);
        }
    }

    /// <summary>Reads a recording, up to where a program that was killed left it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OutputException">It holds no frame.</exception>
    internal static (NetworkFrame Network, IReadOnlyList<RunFrame> Frames) Read(string path)
    {
        List<RecordedLine> lines = Lines(path, out string? fault);
        RunFrame[] frames = [.. lines.Select(line => line.Frame).OfType<RunFrame>()];
        return lines.FirstOrDefault()?.Network is { } network && frames.Length > 0
            ? (network, frames)
            : throw new OutputException($"{path}:{lines.Count + 1}: this is no recording of a run: {fault ?? "it has no frames"}");
    }

    /// <summary>Adds a frame; it is in the file when this returns.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    internal void Add(RunFrame frame)
    {
        try
        {
            Write(_file, new(Frame: frame));
            _file.Flush();
            Points += frame.Curve.Count;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputException.DuringRun(_path, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void Write(Stream stream, RecordedLine line)
    {
        using var compressed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        JsonSerializer.Serialize(compressed, line, FrameJson.Web.RecordedLine);
        compressed.Write("\n"u8);
    }

    private static List<RecordedLine> Lines(string path, out string? fault)
    {
        var lines = new List<RecordedLine>();
        fault = null;
        try
        {
            using FileStream file = File.OpenRead(path);
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            using var reader = new StreamReader(unpacked, Encoding.UTF8);
            while (reader.ReadLine() is { } line)
                lines.Add(JsonSerializer.Deserialize(line, FrameJson.Web.RecordedLine)!);
        }
        catch (Exception error) when (error is InvalidDataException or JsonException)
        {
            fault = error.Message;
        }

        return lines;
    }
}
