using System.Diagnostics;

namespace Nudge.Running;

/// <summary>
/// Lets people pause a run, step it by phases and limit its speed, from any thread. It changes when things happen in wall time
/// and nothing else, so the result stays the same to the bit.
/// </summary>
public sealed class RunControl
{
    // Often enough for a run to be seen moving, and for a stop to be quick.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);
    private const double MostBehind = 0.5;
    private readonly Lock _lock = new();
    private TaskCompletionSource? _paused;
    private long _steps;
    private double? _speedLimit;
    private double _limitFrom = double.NaN;
    private long _limitSince;

    /// <summary>Whether it is paused.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_lock)
                return _paused is not null;
        }
    }

    /// <summary>The most τ that may pass in a second of wall time; null for no limit.</summary>
    public double? SpeedLimit
    {
        get
        {
            lock (_lock)
                return _speedLimit;
        }

        set
        {
            lock (_lock)
                (_speedLimit, _limitFrom) = (value, double.NaN);
        }
    }

    /// <summary>Stops at the end of the present phase.</summary>
    public void Pause()
    {
        lock (_lock)
            _paused ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Goes on.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _paused?.TrySetResult();
            (_paused, _steps, _limitFrom) = (null, 0, double.NaN);
        }
    }

    /// <summary>Goes on to the end of one more phase, and pauses there.</summary>
    public void Step()
    {
        lock (_lock)
        {
            _steps++;
            _paused?.TrySetResult();
            _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Whether the engine has to wait before its next phase; to be asked once for each phase.</summary>
    /// <param name="tau">Time that has passed for the network, in τ.</param>
    /// <param name="until">Ends when it may be worth asking again, at the latest after 50 ms.</param>
    internal bool MustWait(double tau, out Task until)
    {
        lock (_lock)
        {
            until = Task.CompletedTask;
            if (_paused is not null)
            {
                if (_steps > 0)
                {
                    // A single step obeys no limit: the engine would ask again after its wait, and the step would be lost.
                    _steps--;
                    return false;
                }

                until = Task.WhenAny(_paused.Task, Task.Delay(LongestPause));
                return true;
            }

            if (_speedLimit is not double limit)
                return false;
            if (double.IsNaN(_limitFrom))
                (_limitFrom, _limitSince) = (tau, Stopwatch.GetTimestamp());
            double ahead = ((tau - _limitFrom) / limit) - Stopwatch.GetElapsedTime(_limitSince).TotalSeconds;
            if (ahead <= 0)
            {
                // What a pause took too long is caught up; a run that cannot keep up must not catch up later in a burst.
                if (-ahead > MostBehind)
                    (_limitFrom, _limitSince) = (tau, Stopwatch.GetTimestamp());
                return false;
            }

            until = Task.Delay(TimeSpan.FromSeconds(Math.Min(ahead, LongestPause.TotalSeconds)));
            return true;
        }
    }
}
