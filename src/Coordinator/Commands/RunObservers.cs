using Nudge.Recording;
using Nudge.Running;
using Nudge.Watching;

namespace Nudge.Commands;

/// <summary>Those that were asked for to follow a run, besides its page.</summary>
internal sealed class RunObservers : IDisposable
{
    private readonly TensorBoardLog? _board;
    private readonly RunMeter? _meter;
    private readonly FrameRecorder? _recorder;

    private RunObservers(TensorBoardLog? board, RunMeter? meter, FrameRecorder? recorder) =>
        (_board, _meter, _recorder) = (board, meter, recorder);

    /// <summary>Has them follow a run that has yet to begin.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="monitor">The run.</param>
    /// <param name="directory">Its folder.</param>
    /// <param name="state">What it begins with.</param>
    internal static RunObservers Begin(RunRequest request, RunMonitor monitor, RunDirectory directory, SessionState state)
    {
        TensorBoardLog? board = request.TensorBoard ? TensorBoardLog.Begin(directory, state, TimeProvider.System) : null;
        RunMeter? meter = RunMeter.BeginIfAsked(monitor.Run, monitor.Engine.Engine);
        if (board is not null)
            monitor.Follow(board);
        if (meter is not null)
            monitor.Follow(meter);
        FrameRecorder? recorder = request.Record ? FrameRecorder.Begin(monitor, directory) : null;
        monitor.Recorder = recorder;
        return new(board, meter, recorder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _board?.Dispose();
        _meter?.Dispose();
        _recorder?.Dispose();
    }
}
