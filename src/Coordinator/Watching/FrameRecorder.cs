using Nudge.Recording;
using Nudge.Running;

namespace Nudge.Watching;

/// <summary>Records frames of a run at even distances, to be played on the page afterwards.</summary>
internal sealed class FrameRecorder : IRunRecorder, IDisposable
{
    /// <summary>Frames of a whole run.</summary>
    internal const int Frames = 400;

    private readonly RunMonitor _monitor;
    private readonly FrameBuilder _builder;
    private readonly RecordingFile _file;
    private readonly long _every;

    private FrameRecorder(RunMonitor monitor, string path)
    {
        _monitor = monitor;
        _builder = new(monitor);
        _every = Math.Max(1, monitor.Run.Settings.Run.Presentations / Frames);
        long shown = monitor.Engine.State.Presentations;
        Next = shown + 1;
        _file = RecordingFile.Begin(path, _builder.Network() with { Mode = "recorded", CanControl = false }, shown);
    }

    /// <inheritdoc/>
    public long Next { get; private set; }

    /// <summary>Begins a recording, or goes on with one.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    internal static FrameRecorder Begin(RunMonitor monitor, RunDirectory directory) =>
        new(monitor, directory.FilePath(RunFiles.Frames));

    /// <inheritdoc/>
    public async Task TakeAsync()
    {
        Task<NetworkView> view = _monitor.Engine.ViewAsync();
        await _monitor.Engine.AnswerObserversAsync();
        // A recording is not played by the wall clock that the limit is of, and its curve grows from frame to frame.
        RunFrame frame = _builder.Of(await view) with { SpeedLimit = null };
        Next = ((frame.Presentations / _every) + 1) * _every;
        _file.Add(frame with { Curve = [.. frame.Curve.Skip(_file.Points)] });
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
