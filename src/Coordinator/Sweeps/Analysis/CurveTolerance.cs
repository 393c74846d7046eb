namespace Nudge.Sweeps.Analysis;

/// <summary>The two tolerances of a curve.</summary>
/// <param name="Curve">The curve.</param>
/// <param name="OnePoint">Where accuracy has fallen by one point.</param>
/// <param name="Halfway">Where it has fallen by half of its distance to chance; null where chance is not known.</param>
internal sealed record CurveTolerance(ToleranceCurve Curve, Tolerance OnePoint, Tolerance? Halfway)
{
    private const double Point = 0.01;

    internal static IReadOnlyList<CurveTolerance> Of(
        SweepData data, int axis, IReadOnlyList<ToleranceCurve> curves, AxisScale scale)
    {
        double? chance = data.Chance;
        // The same seeds are drawn for every curve, so that a curve has one interval wherever it is told of.
        return
        [
            .. curves.Select(curve => new CurveTolerance(
                curve,
                Tolerance.Of(curve, scale, best => best - Point, 2 * axis),
                chance is double level
                    ? Tolerance.Of(curve, scale, best => best - ((best - level) / 2), (2 * axis) + 1)
                    : null)),
        ];
    }
}
