using System.Globalization;
using Nudge.Measurements;

namespace Nudge.Reproductions;

/// <summary>The mean update of every model against its exact gradient, as a function of b.</summary>
internal static class BiasOfB
{
    private const double Margin = 0.1;
    private static readonly double[] Bs = [0.1, 0.3, 0.5, 0.7, 0.9];
    private static readonly string[] Ideal =
        ["links.activity.loss={law: none}", "links.activity.delay={law: none}", "phases.length={law: fixed, mean: 40}", "time.step=0.5"];

    private static readonly Series[] All =
    [
        new("restricted Boltzmann machine", "rbm-bas", 1000, [.. SlowMachine.Still(0.5), "phases.length={law: fixed, floor: 0, mean: 20}"]),
        new("Forward-Forward", "ff-bars", 1500, ["run.presentations=16", "run.evaluateEvery=0", "lanes=16"]),
        new(
            "equilibrium propagation by isd",
            "bars-and-stripes",
            1500,
            [.. Ideal, "learning.rule=isd", "phases.perStimulus=1", "run.presentations=400", "run.evaluateEvery=0", "lanes=16"]),
        new(
            "equilibrium propagation by differential-isd",
            "bars-and-stripes",
            500,
            [.. Ideal, "run.presentations=400", "run.evaluateEvery=0", "lanes=16"]),
    ];

    internal static Reproduction Definition { get; } = new()
    {
        Name = "bias-of-b",
        Title = "The mean update over b, against the exact gradient",
        Claim = "A phase whose type is drawn and whose statistic is weighed by one over the probability of that type learns the exact "
            + "gradient on average: its slope against the gradient is 1 for every b.",
        Measure = Measure.Slope,
        Seeds = 5,
        QuickSeeds = 2,
        Arms = [.. from series in All from b in Bs select Of(series, b)],
        Theory = new("b, the probability of a positive phase", [0.05, 0.95], [new("theory", places => [.. places.Select(_ => 1.0)])]),
        Verdicts = [.. from series in All from b in Bs select new Claims(Measure.Slope).NearPrediction(Name(series, b), Margin)],
    };

    private static Arm Of(Series series, double b) => new()
    {
        Name = Name(series, b),
        Series = series.Name,
        At = b,
        Experiment = series.Experiment,
        Overrides = [.. series.Settings, string.Create(CultureInfo.InvariantCulture, $"phases.b={b}")],
        TruthPhases = series.Phases,
        QuickTruthPhases = 100,
    };

    private static string Name(Series series, double b) => string.Create(CultureInfo.InvariantCulture, $"{series.Name} b = {b}");

    private sealed record Series(string Name, string Experiment, int Phases, string[] Settings);
}
