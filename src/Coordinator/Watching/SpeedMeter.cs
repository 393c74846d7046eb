using System.Diagnostics;
using Nudge.Running;

namespace Nudge.Watching;

/// <summary>How fast a run is, over the last seconds in which it was seen.</summary>
internal sealed class SpeedMeter
{
    private const int Kept = 20;
    private readonly Queue<(long Time, long Presentations, double Tau)> _seen = new();

    internal (double? Rate, double? TauPerSecond) Of(RunState state)
    {
        long now = Stopwatch.GetTimestamp();
        _seen.Enqueue((now, state.Presentations, state.SimulatedTau));
        if (_seen.Count > Kept)
            _seen.Dequeue();
        (long then, long presentations, double tau) = _seen.Peek();
        double seconds = Stopwatch.GetElapsedTime(then, now).TotalSeconds;
        return seconds < 0.05
            ? (null, null)
            : ((state.Presentations - presentations) / seconds, (state.SimulatedTau - tau) / seconds);
    }
}
