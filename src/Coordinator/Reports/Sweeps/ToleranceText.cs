using Nudge.Sweeps;
using Nudge.Sweeps.Analysis;

namespace Nudge.Reports.Sweeps;

/// <summary>Tolerances in words.</summary>
internal static class ToleranceText
{
    /// <summary>A tolerance with its interval.</summary>
    internal static string Of(Tolerance? tolerance, ToleranceCurve curve)
    {
        if (tolerance is null || curve.Samples.Count < 2)
            return "–";
        string at = tolerance.At is double value ? Variation.Shown(value) : "not reached";
        if (!tolerance.HasInterval)
            return at;
        string end = Variation.Shown(End(curve));
        return (tolerance.Low, tolerance.High) switch
        {
            (double low, double high) => $"{at} ({Variation.Shown(low)} to {Variation.Shown(high)})",
            (double low, null) => $"{at} ({Variation.Shown(low)} to beyond {end})",
            _ when tolerance.At is null => at,
            _ => $"{at} (beyond {end})",
        };
    }

    /// <summary>Where counting begins: the better end of the range.</summary>
    internal static double Begin(ToleranceCurve curve) => FallsUpwards(curve) ? curve.Samples[0].X : curve.Samples[^1].X;

    private static double End(ToleranceCurve curve) => FallsUpwards(curve) ? curve.Samples[^1].X : curve.Samples[0].X;

    private static bool FallsUpwards(ToleranceCurve curve) =>
        curve.Samples[^1].Mean.Centre <= curve.Samples[0].Mean.Centre;
}
