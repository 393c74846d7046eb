using Nudge.Experiments;

namespace Nudge.Coordinator.Tests.Experiments;

public sealed class WarningTests
{
    [Theory]
    [InlineData(
        "mean: 0.5",
        "mean: 2",
        "13:37: links.activity.delay.mean: a mean phase of 12 is shorter than 8 mean delays:")]
    [InlineData(
        "name: small",
        "name: small\ntime: {step: 1}",
        "17:9: phases.length.mean: a mean phase of 12 steps hardly lets a network settle:")]
    [InlineData(
        "learning: {rule: differential-isd}",
        "model: {beta: 0.2}\nlearning: {rule: isd}",
        "15:15: model.beta: the variance of isd grows as β falls, and below 0.5 it drowns")]
    [InlineData(
        "perStimulus: 2",
        "perStimulus: 5",
        "16:23: phases.perStimulus: differential-isd was measured to do best with 2 phases a")]
    [InlineData(
        "rule: differential-isd",
        "rule: paired",
        "15:18: learning.rule: paired learns from two phases of opposite sign, and a coin")]
    [InlineData(
        "name: small",
        "name: small\nlanes: 3",
        "1:1: run.presentations: 10000 is not a multiple of the 3 lanes: 10002 will be made")]
    [InlineData(
        "{law: independent, rate: 0.1}",
        "{rate: 0.1}",
        "14:12: links.activity.loss.rate: has no effect: law none has no setting rate, which belongs to gilbert-elliott or independent")]
    [InlineData(
        "{set: xor}",
        "{set: xor, path: here}",
        "3:18: data.path: has no effect: set xor has no setting path, which belongs to cifar-10, idx or mnist")]
    [InlineData(
        ", bidirectional: true",
        "",
        "6:11: populations.hidden: no path leads here from the output, so no nudge ever reaches it")]
    [InlineData("rate: 0.1", "rate: 1", "14:36: links.activity.loss.rate: every message is lost")]
    [InlineData(
        "{perStimulus: 2}",
        "{perStimulus: 3, order: alternating}",
        "16:23: phases.perStimulus: an odd number of alternating phases has one negative")]
    public void What_is_allowed_and_hardly_meant_draws_a_warning_at_its_place(
        string part, string replacement, string expected)
    {
        LoadedExperiment loaded = SmallExperiment.Load(SmallExperiment.With(part, replacement));

        Assert.Contains(
            loaded.Warnings,
            warning => warning.ToString().StartsWith($"small.yaml:{expected}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("links.control.loss={law: independent, rate: 0.05}")]
    [InlineData("links.phase.loss={law: independent, rate: 0.05}", "learning.tags=broadcast")]
    public void Lost_control_without_the_gate_draws_a_warning(params string[] changes) => Assert.Contains(
        SmallExperiment.Set([.. changes, "learning.gate=false"]).Warnings,
        w => w.Path == "learning.gate");

    [Fact]
    public void Presentations_are_rounded_up_to_whole_lanes()
    {
        LoadedExperiment loaded = SmallExperiment.Set("lanes=16", "run.presentations=1001");

        Assert.Equal(1008, loaded.Settings.Run.Presentations);
        Assert.Equal("run.presentations", Assert.Single(loaded.Warnings).Path);
    }

    [Theory]
    [InlineData(13, true)]
    [InlineData(14, false)]
    public void A_phase_shorter_than_the_way_there_and_back_draws_a_warning(int mean, bool expected)
    {
        LoadedExperiment loaded = ExperimentFile.Load("mnist-conv", ["phases.length.floor=5", $"phases.length.mean={mean}"], null);
        Assert.Equal(
            expected,
            loaded.Warnings.Any(one => one.Path == "phases.length.mean" && one.ToString().Contains(
                "(image → lower → pool → upper → label → upper → pool → lower), which takes 14 τ on average", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{law: constant, mean: 0.5}", true)]
    [InlineData("none", false)]
    public void Ideal_links_take_no_time_that_a_phase_could_lack(string delay, bool expected) => Assert.Equal(
        expected,
        SmallExperiment.Set($"links.activity.delay={delay}", "phases.length.floor=0.2", "phases.length.mean=0.5").Warnings
            .Any(one => one.ToString().Contains("of an error back", StringComparison.Ordinal)));

    [Theory]
    [InlineData("{law: constant, scale: 10}", "scale")]
    [InlineData("{law: inverse, over: 10}", "over")]
    public void A_parameter_that_its_law_does_not_read_draws_a_warning(string schedule, string key) => Assert.Equal(
        $"projections.input-hidden.schedule.{key}",
        Assert.Single(SmallExperiment.Set($"projections.input-hidden.schedule={schedule}").Warnings).Path);
}
