using Nudge.Measurements;
using Nudge.Statistics;

namespace Nudge.Sweeps.Analysis;

/// <summary>A measure over a numeric setting while all others stay.</summary>
/// <param name="Name">Distinguishes it from other curves of the same setting; empty where it is the only one.</param>
/// <param name="Samples">Its points, by ascending value of the setting.</param>
internal sealed record ToleranceCurve(string Name, IReadOnlyList<CurveSample> Samples)
{
    /// <summary>The curve over a setting through a choice of the others.</summary>
    internal static ToleranceCurve Of(SweepData data, int axis, IReadOnlyList<int> choice, IReadOnlyList<int> named)
    {
        IReadOnlyList<double> numbers = data.Grid.Variations[axis].Numbers;
        return new(
            data.Describe(choice, named),
            [
                .. Enumerable.Range(0, numbers.Count).OrderBy(i => numbers[i])
                    .Select(i => new CurveSample(numbers[i], data.At(SweepData.With(choice, axis, i)), data.Measure))
                    .Where(sample => sample.BySeed.Count > 0),
            ]);
    }
}

/// <summary>A point of a curve.</summary>
/// <param name="X">The value of the setting.</param>
/// <param name="BySeed">The value of each run.</param>
/// <param name="Measure">What the values are of.</param>
internal sealed record CurveSample(double X, IReadOnlyDictionary<ulong, double> BySeed, Measure Measure)
{
    /// <summary>The mean with its 95 % interval.</summary>
    internal Interval Mean { get; } = Measure.MeanOf([.. BySeed.Values]);
}

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
        // The same seeds are drawn for every curve, so that a curve has the same interval wherever it is reported.
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
