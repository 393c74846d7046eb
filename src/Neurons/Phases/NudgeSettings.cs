using System.ComponentModel.DataAnnotations;
using Nudge.Numerics;

namespace Nudge.Phases;

/// <summary>How the strength of a nudge goes on within a phase.</summary>
public enum NudgeWaveform
{
    /// <summary>The same throughout, and another one in phases of the other polarity.</summary>
    Constant,

    /// <summary>
    /// Rises quickly from 0 to β and falls slowly back to 0 in each period (Falk, Strupp, Scellier and Murugan 2025).
    /// </summary>
    Sawtooth,

    /// <summary>β·sin(2πt/period) (Laborieux and Zenke 2022; Anisetti, Kandala, Scellier and Schwarz 2024).</summary>
    Oscillating,
}

/// <summary>
/// The strength of a nudge over the time that its population has spent in a phase, as a factor on β. With a waveform other than
/// constant each phase holds the whole contrast: all phases are alike, and <c>phases.order</c> and <c>phases.b</c> have no
/// effect.
/// </summary>
public sealed record NudgeSettings
{
    /// <summary>How the strength goes on within a phase.</summary>
    public NudgeWaveform Waveform { get; init; } = NudgeWaveform.Constant;

    /// <summary>
    /// Free time at the beginning of a phase, in τ of the population's own clock, in which the network settles to the stimulus
    /// before the waveform begins.
    /// </summary>
    [Range(0, 1e6)]
    public double Start { get; init; } = 6;

    /// <summary>Length of one period, in τ of the population's own clock.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Period { get; init; } = 12;

    /// <summary>Periods in a phase; the population is free after the last one.</summary>
    [Range(1, 1000)]
    public int Periods { get; init; } = 1;

    /// <summary>Time in which a sawtooth rises from 0 to β, in τ; 0 for a jump.</summary>
    [Range(0, 1e6)]
    public double Rise { get; init; }

    /// <summary>A strength that stays.</summary>
    public static NudgeSettings Constant { get; } = new();

    /// <summary>Whether the strength stays.</summary>
    internal bool IsConstant => Waveform == NudgeWaveform.Constant;

    /// <summary>Least length of a phase that holds all periods, in τ.</summary>
    internal double End => Start + (Periods * Period);

    /// <summary>Mean of the factor over a stretch of time in a phase; 1 for a constant strength.</summary>
    /// <param name="from">Time in the phase at which it begins, in τ.</param>
    /// <param name="to">Where it ends; later than <paramref name="from"/>.</param>
    public double Mean(double from, double to) => IsConstant
        ? 1
        : (Integral(to - Start) - Integral(from - Start)) / (to - from);

    /// <summary>Integral of the factor since the waveform began, in τ; whole periods of an oscillation give exactly 0.</summary>
    /// <param name="time">Time since then, in τ; before and after all periods the factor is 0.</param>
    public double Integral(double time)
    {
        double periods = Math.Clamp(time / Period, 0, Periods);
        double whole = Math.Floor(periods);
        return Waveform == NudgeWaveform.Oscillating
            ? Period / (2 * Math.PI) * (1 - Elementary.CosOfTurns(periods - whole))
            : (whole * Period / 2) + SawtoothIntegral((periods - whole) * Period);
    }

    // It rises over the first part of a period and falls over the rest, so that each part adds half of its length.
    private double SawtoothIntegral(double time)
    {
        if (time < Rise)
            return time * time / (2 * Rise);
        double left = Period - time;
        return (Period / 2) - (left * left / (2 * (Period - Rise)));
    }
}
