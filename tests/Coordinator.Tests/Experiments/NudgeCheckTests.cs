using Nudge.Experiments;

namespace Nudge.Coordinator.Tests.Experiments;

/// <summary>Waveforms of the nudge, rules and phases that do not go together are refused at their places.</summary>
public sealed class NudgeCheckTests
{
    private const string Oscillation = """
        model: {nudge: {waveform: oscillating, start: 4, period: 8}, beta: 0.5}
        learning: {rule: oscillation}
        phases: {perStimulus: 1, length: {law: fixed, mean: 14}}

        """;

    private const string Memory = """
        model: {nudge: {waveform: sawtooth, start: 4, period: 60}, beta: 0.5}
        learning: {rule: memory-kernel}
        phases: {perStimulus: 1, length: {law: fixed, mean: 64}}

        """;

    [Theory]
    [InlineData(Oscillation)]
    [InlineData(Memory)]
    public void Both_files_are_sound_before_they_are_damaged(string text) => Assert.Empty(SmallExperiment.Load(File(text)).Warnings);

    [Theory]
    [InlineData(Oscillation, "model.nudge.waveform=constant", "model.nudge.waveform", "expected oscillating")]
    [InlineData(Oscillation, "model.nudge.waveform=sawtooth", "model.nudge.waveform", "expected oscillating")]
    [InlineData(Oscillation, "learning.rule=isd", "model.nudge.waveform", "expected constant")]
    [InlineData(Oscillation, "model.output=clamped", "model.output", "expected nudged")]
    [InlineData(Oscillation, "model.negative=opposed", "model.negative", "expected free")]
    [InlineData(Oscillation, "model.nudge.periods=0", "model.nudge.periods", "from 1")]
    [InlineData(Oscillation, "model.nudge.period=-1", "model.nudge.period", "greater than 0")]
    [InlineData(Oscillation, "phases.length.mean=13", "phases.length.mean", "expected at least 14")]
    [InlineData(Oscillation, "learning.optimiser.kind=adam", "learning.optimiser.kind", "expected sgd")]
    [InlineData(Memory, "model.nudge.waveform=constant", "model.nudge.waveform", "expected sawtooth")]
    [InlineData(Memory, "model.nudge.rise=60", "model.nudge.rise", "expected less than the period")]
    [InlineData(Memory, "learning.rule={kind: memory-kernel, fast: 6}", "learning.rule.slow", "expected more")]
    public void A_contradiction_names_the_field_and_what_was_expected(string text, string change, string path, string expected)
    {
        Problem problem = SmallExperiment.ProblemsOf(File(text), change).First(one => one.Path == path);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_waveforms_does_not_offer_the_rules()
    {
        Problem problem = SmallExperiment.ProblemsOf(File(Oscillation), "model={kind: contrastive-hebbian}")
            .First(one => one.Path == "learning.rule");
        Assert.Contains("oscillation", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Oscillation, "phases.order=bernoulli", "phases.order")]
    [InlineData(Memory, "phases.b=0.3", "phases.b")]
    public void Polarities_of_phases_that_are_alike_are_warned_of(string text, string change, string path)
    {
        LoadedExperiment loaded = SmallExperiment.Load(File(text), change);
        Assert.Contains("has no effect", Assert.Single(loaded.Warnings, one => one.Path == path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Phases_of_random_length_that_may_be_too_short_are_warned_of()
    {
        LoadedExperiment loaded = SmallExperiment.Load(
            File(Oscillation), "phases.length={law: exponential, floor: 6, mean: 20}");
        Assert.Equal("phases.length.floor", Assert.Single(loaded.Warnings).Path);
    }

    private static string File(string text) =>
        SmallExperiment.With("learning: {rule: differential-isd}\nphases: {perStimulus: 2}\n", text);
}
