using System.Globalization;
using Nudge.Running;
using Nudge.Statistics;

namespace Nudge.Measurements;

/// <summary>What the arms of a reproduction are compared by, and how it is written for people.</summary>
public sealed record Measure
{
    /// <summary>Share of correct answers on the held-out set.</summary>
    public static Measure Accuracy { get; } = new()
    {
        Metric = MetricNames.Accuracy,
        Name = "accuracy",
        Axis = "correct answers on the held-out set (%)",
        CurveAxis = "correct answers (%)",
        Unit = " %",
        DifferenceUnit = " points",
        Scale = 100,
        Least = 0,
        Most = 1,
        Decimals = 1,
    };

    /// <summary>Share of correct answers by the exact posterior of a Boltzmann machine's weights.</summary>
    public static Measure AccuracyPosterior { get; } = Accuracy with
    {
        Metric = MetricNames.AccuracyPosterior,
        Name = "accuracy by exact posterior",
        Axis = "correct answers by exact p(y | x) (%)",
    };

    /// <summary>−Σ log p(v) over the training rows, of the Boltzmann machine that the hidden units' weights make or of a Helmholtz machine.</summary>
    public static Measure NegativeLogLikelihood { get; } = new()
    {
        Metric = MetricNames.NegativeLogLikelihood,
        Name = "negative log-likelihood",
        Axis = "−log likelihood of the training rows (nats)",
        CurveAxis = "−log likelihood of the training rows (nats)",
        Unit = " nats",
        DifferenceUnit = " nats",
        LowerIsBetter = true,
        Least = 0,
        Decimals = 1,
    };

    /// <summary>Mean squared distance of outputs from their target values.</summary>
    public static Measure SquaredError { get; } = new()
    {
        Metric = MetricNames.MeanSquaredError,
        Name = "squared error",
        Axis = "mean squared distance from the target values",
        LowerIsBetter = true,
        Least = 0,
        Decimals = 5,
    };

    /// <summary>cos(W, Wᵀ) of the two weight copies of bidirectional projections.</summary>
    public static Measure Symmetry { get; } = new()
    {
        Metric = MetricNames.Symmetry,
        Name = "symmetry",
        Axis = "cosine of the two weight copies",
        Least = -1,
        Most = 1,
        Decimals = 3,
    };

    /// <summary>Presentations until an evaluation reached the accuracy that was asked for.</summary>
    public static Measure Presentations { get; } = new()
    {
        Metric = MetricNames.PresentationsToTarget,
        Name = "presentations to the target",
        Axis = "presentations to the target accuracy",
        LowerIsBetter = true,
        NeedsAllRuns = true,
        Least = 0,
        Decimals = 0,
    };

    /// <summary>Messages until an evaluation reached the accuracy that was asked for.</summary>
    public static Measure Messages { get; } = new()
    {
        Metric = MetricNames.MessagesToTarget,
        Name = "messages to the target",
        Axis = "messages to the target accuracy",
        LowerIsBetter = true,
        NeedsAllRuns = true,
        Least = 0,
        Decimals = 0,
    };

    /// <summary>How much of the variance's dependence on b theory explains.</summary>
    public static Measure VarianceFit { get; } = new()
    {
        Metric = MetricNames.VarianceFit,
        Name = "R²",
        Axis = "R² of the variance over b against theory",
        Most = 1,
        Decimals = 4,
    };

    /// <summary>Slope of the mean update against the exact gradient.</summary>
    public static Measure Slope { get; } = new()
    {
        Metric = MetricNames.Slope,
        Predicted = MetricNames.SlopePredicted,
        Name = "slope",
        Axis = "slope of the mean update against the gradient",
        Decimals = 3,
    };

    /// <summary>What free phases that are too short leave of the gradient.</summary>
    public static Measure PhaseBias { get; } = new()
    {
        Metric = MetricNames.PhaseBias,
        Predicted = MetricNames.PhaseBiasPredicted,
        Name = "bias",
        Axis = "bias along the gradient, relative to it",
        LowerIsBetter = true,
        Decimals = 3,
    };

    /// <summary>Its name among a run's metrics, one of <see cref="MetricNames"/>.</summary>
    public required string Metric { get; init; }

    /// <summary>The metric of a run that is what theory predicts for it; null where theory predicts nothing.</summary>
    public string? Predicted { get; init; }

    /// <summary>Its name in sentences.</summary>
    public required string Name { get; init; }

    /// <summary>Label of its axis in figures.</summary>
    public required string Axis { get; init; }

    /// <summary>Label of its axis where learning curves show it; null where they show something else.</summary>
    public string? CurveAxis { get; init; }

    /// <summary>Whether less is better.</summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>
    /// Whether a mean exists only where every run has a value: the mean of those that reached a target would be too good where
    /// others did not.
    /// </summary>
    public bool NeedsAllRuns { get; init; }

    /// <summary>What follows a value.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What follows a difference of two values.</summary>
    public string DifferenceUnit { get; init; } = "";

    /// <summary>What a value is multiplied by before it is shown.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The least value that it can have; intervals and figures go no further.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>The greatest value that it can have.</summary>
    public double Most { get; init; } = double.PositiveInfinity;

    /// <summary>Digits after the point.</summary>
    public int Decimals { get; init; } = 2;

    /// <summary>The range of its values.</summary>
    public Bounds Bounds => new(Least, Most);

    /// <summary>The mean of a sample with its 95 % interval, which stays within the bounds.</summary>
    public Interval MeanOf(IReadOnlyCollection<double> values) => Interval.OfMean(values, Bounds);

    /// <summary>The difference of two means, first less second, with its 95 % interval, likewise.</summary>
    public Interval DifferenceOf(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second) =>
        Interval.OfDifference(first, second, Bounds);

    /// <summary>A value with its unit.</summary>
    public string Text(double value) => Digits(value, 0) + Unit;

    /// <summary>A difference with its sign and unit, a digit finer than values.</summary>
    public string DifferenceText(double value) => (value >= 0 ? "+" : "") + Digits(value, 1) + DifferenceUnit;

    /// <summary>A value as it is shown, without its unit.</summary>
    public string Digits(double value) => Digits(value, 0);

    private string Digits(double value, int further) =>
        (value * Scale).ToString($"F{Decimals + further}", CultureInfo.InvariantCulture).Replace('-', '−');
}
