namespace Nudge.Clocks;

/// <summary>The integer time of simulations: exact, so that events can be ordered without rounding.</summary>
public static class Ticks
{
    /// <summary>Ticks in one membrane time constant τ.</summary>
    public const long PerTau = 65_536;

    /// <summary>The nearest whole number of ticks.</summary>
    /// <param name="tau">A time in τ.</param>
    public static long FromTau(double tau) => (long)Math.Round(tau * PerTau, MidpointRounding.ToEven);

    /// <summary>A time in τ.</summary>
    /// <param name="ticks">A time in ticks.</param>
    public static double ToTau(long ticks) => (double)ticks / PerTau;
}
