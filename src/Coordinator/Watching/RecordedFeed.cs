using System.Text.Json;
using Nudge.Recording;

namespace Nudge.Watching;

/// <summary>Plays a recording to each page that opens, from its beginning, and stays at its last frame.</summary>
internal sealed class RecordedFeed : IFrameFeed
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);
    private readonly byte[][] _frames;

    private RecordedFeed(byte[] description, byte[][] frames) => (Description, _frames) = (description, frames);

    /// <inheritdoc/>
    public string Page => "index.html";

    /// <inheritdoc/>
    public byte[] Description { get; }

    /// <summary>Reads a recording.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OutputException">It is none.</exception>
    internal static RecordedFeed Read(string path)
    {
        (NetworkFrame network, IReadOnlyList<RunFrame> frames) = RecordingFile.Read(path);
        byte[] description = JsonSerializer.SerializeToUtf8Bytes(network, FrameJson.Web.NetworkFrame);
        return new(description, [.. Whole(frames).Select(frame => JsonSerializer.SerializeToUtf8Bytes(frame, FrameJson.Web.RunFrame))]);
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

    private static IEnumerable<RunFrame> Whole(IReadOnlyList<RunFrame> frames)
    {
        var curve = new List<CurveFrame>();
        for (int i = 0; i < frames.Count; i++)
        {
            curve.AddRange(frames[i].Curve);
            string state = i == frames.Count - 1 ? "finished" : frames[i].State;
            yield return frames[i] with { Number = i + 1, Curve = [.. curve], State = state };
        }
    }
}
