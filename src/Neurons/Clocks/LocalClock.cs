using Nudge.Numerics;
using Nudge.Randomness;
using Nudge.State;

namespace Nudge.Clocks;

/// <summary>One interval of a local clock.</summary>
/// <param name="Elapsed">What has passed by the clock itself, in τ.</param>
/// <param name="Interval">What truly passes, in ticks, at least 1.</param>
public readonly record struct ClockTick(float Elapsed, long Interval);

/// <summary>
/// A population's own clock (theory §6): it runs 1 + e times as fast as true time, with e drawn once from ±drift, and its
/// steps are log-normal around their mean.
/// </summary>
public sealed class LocalClock : IStateful
{
    private readonly double _step;
    private readonly double _sigma;
    private readonly double _rate;
    private readonly double _begin;
    private readonly bool _uneven;
    private readonly RandomKey _jitter;
    private long _count;

    /// <summary>Makes a clock before its first step.</summary>
    /// <param name="settings">Jitter and drift.</param>
    /// <param name="step">Mean local time between two steps, in τ.</param>
    /// <param name="jitter">Names the draws of the intervals.</param>
    /// <param name="rate">Names the draw of the rate error.</param>
    /// <param name="begin">When the clock begins, as a share of one step.</param>
    public LocalClock(ClockSettings settings, double step, RandomKey jitter, RandomKey rate, double begin = 0)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _step = step;
        _jitter = jitter;
        _begin = begin * step;
        _sigma = Math.Sqrt(Elementary.Log(1 + (settings.Jitter * settings.Jitter)));
        _rate = 1 + (settings.Drift * ((2 * rate.Draw(0).First) - 1));
        _uneven = settings.Jitter > 0 || settings.Drift > 0;
    }

    /// <summary>How fast the clock runs: local time over true time.</summary>
    public double Rate => _rate;

    /// <summary>How many times as long each step takes as the settings say.</summary>
    internal double Slowness { get; set; } = 1;

    /// <summary>The next interval. The first one is cut short at random, so that clocks do not begin in unison.</summary>
    public ClockTick Next()
    {
        RandomBlock block = _sigma > 0 || _count == 0 ? _jitter.Draw((ulong)_count) : default;
        double local = _sigma > 0
            ? _step * Elementary.Exp((_sigma * Elementary.InverseNormal(block.First)) - (_sigma * _sigma / 2))
            : _step;
        if (_count == 0 && _uneven)
            local *= block.Second;
        if (_count == 0)
            local += _begin;
        _count++;
        return new((float)local, Math.Max(1, Ticks.FromTau(local / _rate * Slowness)));
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Item(1, ref _count);
    }
}
