using Nudge.Recording;

namespace Nudge.Running;

/// <summary>Writes what a run measures for TensorBoard, as soon as it is measured.</summary>
internal sealed class TensorBoardLog : IRunObserver, IDisposable
{
    private readonly TensorBoardFile _file;
    private readonly TimeProvider _time;
    private readonly double _begun;
    private int _samples;
    private int _readings;

    private TensorBoardLog(TensorBoardFile file, TimeProvider time, double begun) => (_file, _time, _begun) = (file, time, begun);

    /// <summary>Begins an event file of a run that begins or goes on.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="state">What the session begins with.</param>
    /// <param name="time">Tells the time of day.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    internal static TensorBoardLog Begin(RunDirectory directory, SessionState state, TimeProvider time)
    {
        double now = Seconds(time);
        long next = state.ResumedFrom is long from ? from + 1 : 0;
        var file = TensorBoardFile.Begin(directory.FilePath(RunFiles.TensorBoard), state.Rows, state.TruthRows, next, now);
        return new(file, time, now - state.Wall.TotalSeconds);
    }

    /// <inheritdoc/>
    public void Sampled(MetricsRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (_samples++ >= _file.Samples)
            _file.Add(_begun + row.WallSeconds, row.Presentations, TensorBoardNames.Of(row));
    }

    /// <inheritdoc/>
    public void Read(TruthRow reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (_readings++ >= _file.Readings)
            _file.Add(Seconds(_time), reading.Presentations, TensorBoardNames.Of(reading));
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static double Seconds(TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
}
