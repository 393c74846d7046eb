namespace Nudge.Coordinator.Tests.Experiments;

public sealed class ContradictionTests
{
    [Theory]
    [InlineData(
        "{from: input, to",
        "{from: inputs, to",
        "9:24: projections.input-hidden.from: unknown population inputs, did you mean")]
    [InlineData("role: input", "role: hidden", "5:3: populations: no input population; expected one with role: input")]
    [InlineData(
        "role: output",
        "role: hidden",
        "5:3: populations: no output population; expected one with role: output")]
    [InlineData(
        "role: hidden",
        "role: output",
        "6:32: populations.hidden.size: 4 units; expected 2, the classes of xor")]
    [InlineData(
        "{from: input, to: hidden}",
        "{from: label, to: hidden}",
        "5:10: populations.input: no path of projections leads from here to the output;")]
    [InlineData(
        "  label: {role: output, size: 2}",
        "  label: {role: output, size: 2}\n  side: {role: hidden, size: 3}",
        "8:9: populations.side: no path of projections leads here from the input; expected")]
    [InlineData(
        "{from: input, to: hidden}",
        "{from: hidden, to: input}",
        "9:36: projections.input-hidden.to: input is clamped to its stimulus and receives")]
    [InlineData(
        "{from: input, to: hidden}",
        "{from: input, to: hidden, bidirectional: true}",
        "9:58: projections.input-hidden.bidirectional: input is clamped to its stimulus and")]
    [InlineData(
        "{from: input, to: hidden}",
        "{from: hidden, to: hidden}",
        "9:36: projections.input-hidden.to: hidden would receive its own activity; expected two")]
    [InlineData(
        "projections:",
        "projections:\n  again: {from: label, to: hidden}",
        "11:17: projections.hidden-label: a second projection from label to hidden; expected")]
    [InlineData(
        "  input-hidden: {",
        "  input.forward: {",
        "9:18: projections.input.forward: a dot in a name; expected letters from a to z, digits, - and _")]
    [InlineData(
        "role: input, size: 2",
        "role: input, size: 3",
        "5:30: populations.input.size: 3 units; expected 2, the values of an example of xor")]
    [InlineData(
        "role: output, size: 2",
        "role: output, size: 10",
        "7:31: populations.label.size: 10 units; expected 2, the classes of xor")]
    [InlineData(
        "{law: exponential, mean: 0.5}",
        "{law: uniform, mean: 0.5, spread: 0.6}",
        "13:46: links.activity.delay.spread: 0.6 would make some delays negative; expected")]
    [InlineData(
        "{law: exponential, mean: 0.5}",
        "{law: exponential}",
        "13:12: links.activity.delay.mean: missing; law exponential needs it; expected a number from 0 to 1000000")]
    [InlineData(
        "{law: independent, rate: 0.1}",
        "{law: independent}",
        "14:11: links.activity.loss.rate: missing; law independent needs it; expected a number from 0 to 1")]
    [InlineData(
        "{law: independent, rate: 0.1}",
        "{law: gilbert-elliott, rate: 0.9, burst: 2}",
        "14:52: links.activity.loss.burst: bursts of 2 messages cannot lose a share of 0.9;")]
    [InlineData(
        "    loss: {law",
        "    partitions: {cut: {from: 5, until: 5}}\n    loss: {law",
        "14:40: links.activity.partitions.cut.until: 5 is no later than the cut at 5;")]
    [InlineData(
        "phases:",
        "interventions: {a: {kind: cut-links, at: {tau: 5}, until: {tau: 5}}}\nphases:",
        "16:59: interventions.a.until: 5 τ is no later than 5 τ, when it takes place;")]
    [InlineData(
        "phases:",
        "interventions: {a: {kind: cut-links, at: {tau: 5}, for: {tau: 5, phases: 2}}}\nphases:",
        "16:57: interventions.a.for: expected one of presentations, phases or tau")]
    [InlineData(
        "phases:",
        "interventions: {a: {kind: cut-links, at: {tau: 5}, for: {tau: 5}, until: {tau: 9}}}\nphases:",
        "16:57: interventions.a.for: until says when it ends; expected one of the two")]
    [InlineData(
        "phases:",
        "interventions: {a: {kind: cut-links, at: {tau: 5}, until: {}}}\nphases:",
        "16:59: interventions.a.until: expected one of presentation, phase or tau")]
    [InlineData(
        "phases:",
        "interventions: {a: {kind: kill-node, node: 1, at: {tau: 5}, until: {tau: 9}}}\nphases:",
        "16:61: interventions.a.until: kill-node has no setting until, which belongs to change-links, cut-links")]
    [InlineData(
        "{perStimulus: 2}",
        "{perStimulus: 2, length: {floor: 6, mean: 6}}",
        "16:51: phases.length.mean: 6 is not above the floor of 6; expected more, as the")]
    [InlineData(
        "{perStimulus: 2}",
        "{perStimulus: 2, length: {law: geometric, floor: 6, mean: 6.1}}",
        "16:67: phases.length.mean: 6.1 is less than a step above the floor of 6; expected")]
    [InlineData(
        "{perStimulus: 2}",
        "{perStimulus: 2, length: {law: fixed, floor: 7, mean: 6.5}}",
        "16:54: phases.length.floor: 7 is above the mean; expected at most 6.5")]
    [InlineData(
        "links:",
        "links:\n  overrides: {hidden-lable.forward: {duplicate: 0.1}}",
        "12:37: links.overrides.hidden-lable.forward: unknown link, did you mean")]
    [InlineData(
        "links:",
        "links:\n  overrides: {input-hidden.backward: {duplicate: 0.1}}",
        "12:38: links.overrides.input-hidden.backward: unknown link, did you mean")]
    [InlineData(
        "perStimulus: 2",
        "perStimulus: 1",
        "16:23: phases.perStimulus: a rule that compares a stimulus's phases would never")]
    [InlineData(
        "learning: {rule: differential-isd}\nphases: {perStimulus: 2}",
        "learning: {rule: isd}\nphases: {perStimulus: 1, order: alternating}",
        "16:23: phases.perStimulus: alternating phases begin again with every stimulus, so 1")]
    [InlineData(
        "{perStimulus: 2}",
        "{perStimulus: 2, order: antithetic}",
        "1:1: lanes: 1, but antithetic polarities go by pairs of lanes; expected an even")]
    [InlineData(
        "{perStimulus: 2}",
        "{perStimulus: 2, order: antithetic, b: 0.4}\nlanes: 4",
        "16:48: phases.b: 0.4, but of two lanes of opposite polarity each is positive half of the")]
    [InlineData(
        "{perStimulus: 2}",
        "{perStimulus: 2, order: by-lane}\nlanes: 4",
        "16:33: phases.order: a lane keeps its polarity for ever, and differential-isd compares")]
    [InlineData(
        "{perStimulus: 2}",
        "{perStimulus: 2, lanesPerStimulus: 3}\nlanes: 4",
        "16:44: phases.lanesPerStimulus: 4 lanes cannot be divided into groups of 3 with one")]
    [InlineData(
        "{rule: differential-isd}",
        "{rule: {kind: differential-isd, timing: continuous}}",
        "15:43: learning.rule.timing: differential-isd for equilibrium-propagation has no setting timing, which belongs to isd; "
            + "expected none, or kind: isd")]
    [InlineData(
        "{rule: differential-isd}",
        "{rule: {kind: paired, baseline: dendritic}}",
        "15:33: learning.rule.baseline: paired for equilibrium-propagation has no setting baseline, which belongs to isd; "
            + "expected none, or kind: isd")]
    [InlineData(
        "name: small",
        "name: small\nmodel: {output: clamped, negative: opposed}",
        "3:36: model.negative: a clamped output has no opposite; expected free, or output:")]
    [InlineData(
        "name: small",
        "name: small\nmodel: {randomSign: true}",
        "3:21: model.randomSign: only paired phases share the sign of β; expected false, or")]
    [InlineData(
        "name: small",
        "name: small\nmodel: {output: coupled}",
        "3:17: model.output: coupled learning holds the output near where a free phase left it; expected")]
    public void Settings_that_contradict_each_other_are_refused_at_their_place(
        string part, string damage, string expected)
    {
        string first = SmallExperiment.ProblemsOf(SmallExperiment.With(part, damage))[0].ToString();

        Assert.StartsWith($"small.yaml:{expected}", first, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data.set=mnist", "populations.input.size", "expected 784")]
    [InlineData("data.set=digits", "populations.label.size", "expected 10")]
    [InlineData("data.set=bars-and-stripes", "populations.input.size", "expected 16")]
    public void Populations_must_fit_the_data(string change, string path, string expected) => Assert.Contains(
        SmallExperiment.ProblemsOf(SmallExperiment.Text, change),
        p => p.Path == path && p.Message.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("engine.placement=anywhere", "expected cost, neighbourhood, spread, or population=node")]
    [InlineData("engine.placement=\"nobody=0\"", "nobody: there is no such population")]
    [InlineData("engine.placement=\"hidden=first\"", "the node a number from 0")]
    public void Slices_are_placed_by_words_that_are_known(string change, string expected) => Assert.Contains(
        SmallExperiment.ProblemsOf(SmallExperiment.Text, change),
        p => p.Path == "engine.placement" && p.Message.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Idx_files_may_have_any_shape_until_they_are_read() =>
        Assert.Empty(SmallExperiment.Set("data.set=idx", "populations.input.size=77").Warnings);

    [Fact]
    public void A_hidden_population_that_leads_nowhere_is_refused() => Assert.Contains(
        SmallExperiment.ProblemsOf(
            SmallExperiment.Text,
            "populations.side={role: hidden, size: 3}",
            "projections.x={from: hidden, to: side}"),
        p => p.Path == "populations.side" && p.Message.Contains("to the output", StringComparison.Ordinal));

    [Fact]
    public void Short_phases_of_fixed_length_need_no_floor() =>
        Assert.Equal(5, SmallExperiment.Set("phases.length={law: fixed, mean: 5}").Settings.Phases.Length.Mean);

    [Fact]
    public void A_law_of_delay_may_have_a_mean_of_zero_so_that_sweeps_can_begin_there() =>
        Assert.Equal(0, SmallExperiment.Set("links.activity.delay.mean=0").Settings.Links.Activity.Delay.MeanDelay);
}
