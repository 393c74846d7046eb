using Nudge.Measurements;
using Nudge.Reproductions;

namespace Nudge.Coordinator.Tests.Reproductions;

/// <summary>A reproduction of runs that take milliseconds.</summary>
internal static class TinyReproduction
{
    private static readonly string[] Short = ["run.presentations=40", "run.evaluateEvery=20"];

    internal static Arm Failing { get; } = new()
    {
        Name = "failing",
        Experiment = "xor",
        Overrides = ["model.beta=1e-40", "projections.bits-hidden.rate=1e6"],
        QuickOverrides = Short,
    };

    internal static Reproduction Definition { get; } = new()
    {
        Name = "tiny",
        Title = "Two arms",
        Claim = "Both are done soon.",
        Measure = Measure.Accuracy,
        Seeds = 4,
        QuickSeeds = 3,
        Arms =
        [
            new() { Name = "first", Experiment = "xor", QuickOverrides = Short },
            new()
            {
                Name = "second",
                Experiment = "xor",
                Overrides = ["learning.rule=paired", "phases.order=alternating"],
                QuickOverrides = Short,
            },
        ],
        Verdicts =
        [
            new Claims(Measure.Accuracy).MeanAtLeast("first", 0),
            new Claims(Measure.Accuracy).MeanAtLeast("first", 1.01),
            new Claims(Measure.Accuracy).MatchesReference("second"),
        ],
    };

    internal static Reproduction With(Arm arm) => Definition with { Arms = [.. Definition.Arms, arm] };
}
