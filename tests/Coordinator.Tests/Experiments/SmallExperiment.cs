using Nudge.Experiments;

namespace Nudge.Coordinator.Tests.Experiments;

/// <summary>A small valid file for tests to damage.</summary>
internal static class SmallExperiment
{
    internal const string Text = """
        format: 1
        name: small
        data: {set: xor}
        populations:
          input: {role: input, size: 2}
          hidden: {role: hidden, size: 4}
          label: {role: output, size: 2}
        projections:
          input-hidden: {from: input, to: hidden}
          hidden-label: {from: hidden, to: label, bidirectional: true}
        links:
          activity:
            delay: {law: exponential, mean: 0.5}
            loss: {law: independent, rate: 0.1}
        learning: {rule: differential-isd}
        phases: {perStimulus: 2}

        """;

    /// <summary>The text with the first occurrence of a part replaced.</summary>
    internal static string With(string part, string replacement)
    {
        int at = Text.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0, $"the small experiment holds no {part}");
        return Text[..at] + replacement + Text[(at + part.Length)..];
    }

    internal static LoadedExperiment Load(string text, params string[] overrides) =>
        ExperimentFile.Parse("small.yaml", text, overrides, null);

    internal static LoadedExperiment Set(params string[] overrides) => Load(Text, overrides);

    internal static IReadOnlyList<Problem> ProblemsOf(string text, params string[] overrides) =>
        Assert.Throws<ExperimentException>(() => Load(text, overrides)).Problems;
}
