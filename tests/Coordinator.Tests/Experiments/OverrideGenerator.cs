using System.Globalization;
using CsCheck;

namespace Nudge.Coordinator.Tests.Experiments;

/// <summary>Generates changes to the small experiment that touch every section.</summary>
internal static class OverrideGenerator
{
    private static readonly Gen<string> Share = Gen.Double[0, 0.99].Select(Text);
    private static readonly Gen<string> Small = Gen.Double[0.001, 1].Select(Text);
    private static readonly Gen<string> Time = Gen.Double[0.01, 100].Select(Text);
    private static readonly Gen<string> Count = Gen.Int[1, 4000].Select(n => $"{n}");
    private static readonly Gen<string> Truth = Gen.Bool.Select(b => b ? "true" : "false");

    private static readonly Gen<string>[] All =
    [
        Of("seed", Gen.ULong.Select(n => $"{n}")),
        Of("data", Words(
            "folder", "\"a b\"", "\"it's \\\"so\\\": {#}\"", "\"null\"", "~", "\"~\"", "\"tab\\there\"", "ärger")
            .Select(path => $"{{set: idx, path: {path}}}")),
        Of("data.train", Count),
        Of("time.step", Small),
        Of("populations.hidden.size", Count),
        Of("populations.hidden.activation", Words("hard-sigmoid", "sigmoid", "tanh")),
        Of("populations.hidden.granularity", Words("layer", "neuron", "{slice: 7}", "~")),
        Of("populations.hidden.biasRate", Time),
        Of("clocks.scope", Words("population", "slice")),
        Of("clocks.jitter", Small),
        Of("granularity", Words("layer", "neuron", "{slice: 3}")),
        Of("projections.input-hidden.rate", Gen.Double[1e-12, 1e5].Select(Text)),
        Of("projections.hidden-label.init", Words("symmetric", "independent")),
        Of("projections.input-hidden.schedule", Words(
            "linear", "constant", "{law: inverse, scale: 1e11}", "{law: linear, over: 3}")),
        Of("projections.input-hidden.decay", Share),
        Of("links.activity.delay", Time.Select(t => $"{{law: gamma, mean: {t}, cv: 0.3}}")),
        Of("links.activity.loss", Share.Select(s => $"{{law: gilbert-elliott, rate: {s}, burst: 200}}")),
        Of("links.activity.order", Words("any", "first-in-first-out")),
        Of("links.activity.partitions.cut", Time.Select(t => $"{{from: {t}, until: 1e9}}")),
        Of("links.control.retry", Truth),
        Of("links.control.retryAfter", Time),
        Of("links.overrides.hidden-label", Share.Select(s => $"{{duplicate: {s}}}")),
        Of("links.overrides.hidden-label.backward.duplicate", Share),
        Of("model.beta", Time),
        Of("model.output", Words("nudged", "clamped")),
        Of("learning.rule", Words("isd", "differential-isd", "paired")),
        Of("learning.gate", Truth),
        Of("learning.tags", Words("piggy-backed", "broadcast")),
        Of("phases.order", Words("bernoulli", "alternating")),
        Of("phases.b", Gen.Double[0.01, 0.99].Select(Text)),
        Of("phases.length", Time.Select(t => $"{{law: fixed, mean: {t}}}")),
        Of("lanes", Count),
        Of("engine.pacing", Words("free-running", "wall-clock")),
        Of("run.presentations", Gen.Long[1, 1_000_000_000_000].Select(n => $"{n}")),
        Of("run.evaluateEvery", Words("0", "17")),
    ];

    internal static Gen<string[]> Changes { get; } = Gen.OneOf(All).Array[0, 12];

    private static Gen<string> Of(string path, Gen<string> value) => value.Select(v => $"{path}={v}");

    private static Gen<string> Words(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
