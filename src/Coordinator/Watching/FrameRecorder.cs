using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Watching;

/// <summary>
/// Records the frames of a run, to be played on the page afterwards: lines of JSON, compressed, the description of the network
/// first. A run that was stopped and resumed adds a part to the file, as gzip allows.
/// </summary>
internal sealed class FrameRecorder : IRunRecorder, IDisposable
{
    /// <summary>Frames of a whole run.</summary>
    internal const int Frames = 400;

    private readonly RunMonitor _monitor;
    private readonly FrameBuilder _builder;
    private readonly string _path;
    private readonly FileStream _file;
    private readonly long _every;
    private long _next;

    private FrameRecorder(RunMonitor monitor, string path)
    {
        _monitor = monitor;
        _builder = new(monitor);
        _path = path;
        _every = Math.Max(1, monitor.Run.Settings.Run.Presentations / Frames);
        _next = monitor.Engine.State.Presentations + 1;
        _file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _file.Seek(0, SeekOrigin.End);
        Write(JsonSerializer.SerializeToUtf8Bytes(_builder.Network() with { Mode = "recorded", CanControl = false }, FrameJson.Web.NetworkFrame));
    }

    /// <inheritdoc/>
    public long Next => _next;

    /// <summary>Begins a recording, or goes on with one.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    internal static FrameRecorder Begin(RunMonitor monitor, RunDirectory directory)
    {
        string path = directory.FilePath(RunFiles.Frames);
        try
        {
            return new(monitor, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputException.DuringRun(path, error);
        }
    }

    /// <inheritdoc/>
    public async Task TakeAsync()
    {
        Task<NetworkView> view = _monitor.Engine.ViewAsync();
        await _monitor.Engine.AnswerObserversAsync();
        // Rate and limit are of the wall clock, which a recording is not played by.
        RunFrame frame = _builder.Of(await view) with { SpeedLimit = null, Curve = [.. _builder.CurveSince()] };
        _next = ((frame.Presentations / _every) + 1) * _every;
        Write(JsonSerializer.SerializeToUtf8Bytes(frame, FrameJson.Web.RunFrame));
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Each line is a part of its own, so that all of them can be read whenever the run ends.
    private void Write(byte[] line)
    {
        try
        {
            using (var compressed = new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true))
            {
                compressed.Write(line);
                compressed.Write("\n"u8);
            }

            _file.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputException.DuringRun(_path, error);
        }
    }
}

/// <summary>Plays a recording to each page that opens, from its beginning, and stays at its last frame.</summary>
internal sealed class RecordedFeed : IFrameFeed
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);
    private readonly IReadOnlyList<byte[]> _frames;

    private RecordedFeed(NetworkFrame network, IReadOnlyList<byte[]> frames) => (Network, _frames) = (network, frames);

    /// <inheritdoc/>
    public NetworkFrame Network { get; }

    /// <summary>Reads a recording.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OutputException">It is none.</exception>
    internal static RecordedFeed Read(string path)
    {
        int number = 0;
        try
        {
            using var file = File.OpenRead(path);
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            using var lines = new StreamReader(unpacked, Encoding.UTF8);
            NetworkFrame? network = null;
            var frames = new List<RunFrame>();
            while (lines.ReadLine() is { } line)
            {
                number++;
                if (line.StartsWith("{\"name\":", StringComparison.Ordinal))
                    network = JsonSerializer.Deserialize(line, FrameJson.Web.NetworkFrame);
                else
                    Add(frames, JsonSerializer.Deserialize(line, FrameJson.Web.RunFrame)!);
            }

            return network is not null && frames.Count > 0
                ? new(network, [.. Whole(frames)])
                : throw new InvalidDataException("it has no frames");
        }
        catch (Exception error) when (error is IOException or InvalidDataException or JsonException)
        {
            throw new OutputException($"{path}:{number}: this is no recording of a run: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public async Task FeedAsync(Func<ReadOnlyMemory<byte>, Task> send, CancellationToken gone)
    {
        using var timer = new PeriodicTimer(Every);
        foreach (byte[] frame in _frames)
        {
            await send(frame);
            await timer.WaitForNextTickAsync(gone);
        }

        await Task.Delay(Timeout.Infinite, gone);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // A resumed run shows again what came after its checkpoint.
    private static void Add(List<RunFrame> frames, RunFrame frame)
    {
        frames.RemoveAll(earlier => earlier.Presentations > frame.Presentations);
        frames.Add(frame);
    }

    private static IEnumerable<byte[]> Whole(List<RunFrame> frames)
    {
        var curve = new List<CurveFrame>();
        for (int i = 0; i < frames.Count; i++)
        {
            curve.AddRange(frames[i].Curve);
            bool last = i == frames.Count - 1;
            yield return JsonSerializer.SerializeToUtf8Bytes(
                frames[i] with { Number = i + 1, Curve = [.. curve], State = last ? "finished" : frames[i].State },
                FrameJson.Web.RunFrame);
        }
    }
}
