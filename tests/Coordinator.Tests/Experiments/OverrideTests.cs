using Nudge.Experiments;
using Nudge.Links;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Topology;

namespace Nudge.Coordinator.Tests.Experiments;

public sealed class OverrideTests
{
    [Fact]
    public void A_value_replaces_that_of_the_file() =>
        Assert.Equal(0.3, SmallExperiment.Set("links.activity.loss.rate=0.3").Settings.Links.Activity.Loss.MeanLoss);

    [Fact]
    public void Maps_that_the_file_leaves_out_are_made_on_the_way() =>
        Assert.Equal(3, SmallExperiment.Set("phases.length.floor=3").Settings.Phases.Length.Floor);

    [Fact]
    public void The_last_of_several_wins() =>
        Assert.Equal(3, SmallExperiment.Set("lanes=2", "lanes=3").Settings.Lanes);

    [Theory]
    [InlineData("granularity=neuron", GranularityKind.Neuron, 1)]
    [InlineData("granularity={slice: 64}", GranularityKind.Slice, 64)]
    [InlineData("granularity.slice=64", GranularityKind.Slice, 64)]
    public void Values_are_yaml(string change, GranularityKind kind, int units) =>
        Assert.Equal(new(kind, units), SmallExperiment.Set(change).Settings.Granularity);

    [Fact]
    public void A_schedule_may_be_a_word_or_a_map()
    {
        ExperimentSettings settings = SmallExperiment.Set(
            "projections.input-hidden.schedule=linear",
            "projections.hidden-label.schedule={law: inverse, scale: 700}").Settings;

        Assert.Equal(RateLaw.Linear, settings.Projections["input-hidden"].Schedule.Law);
        Assert.Equal(new() { Law = RateLaw.Inverse, Scale = 700 }, settings.Projections["hidden-label"].Schedule);
    }

    [Fact]
    public void A_setting_of_a_rule_is_reached_where_the_file_has_the_rule_s_name_alone() => Assert.Equal(
        new IsdSettings { Baseline = BaselineKind.Dendritic },
        SmallExperiment.Load(SmallExperiment.With("rule: differential-isd", "rule: isd"), "learning.rule.baseline=dendritic")
            .Settings.Learning.Rule);

    [Fact]
    public void A_rule_by_its_name_replaces_a_rule_with_settings() => Assert.Equal(
        new PairedSettings(),
        SmallExperiment.Set(
            "learning.rule={kind: isd, timing: continuous}", "learning.rule=paired", "phases.order=alternating")
            .Settings.Learning.Rule);

    [Fact]
    public void A_law_is_taken_away_and_what_only_it_reads_has_no_effect()
    {
        LoadedExperiment loaded = ExperimentFile.Load("digits", ["links.activity.delay.law=none"], null);

        Assert.Equal(new NoDelay(), loaded.Settings.Links.Activity.Delay);
        Problem warning = Assert.Single(loaded.Warnings);
        Assert.Equal("links.activity.delay.mean", warning.Path);
        Assert.StartsWith("has no effect: law none has no setting mean", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_direction_of_a_projection_is_reached_by_its_name() => Assert.Equal(
        0.5,
        SmallExperiment.Set("links.overrides.hidden-label.backward.duplicate=0.5")
            .Settings.Links.Overrides["hidden-label.backward"].Duplicate);

    [Fact]
    public void New_populations_come_last() => Assert.Equal(
        ["input", "hidden", "label", "more"],
        SmallExperiment.Set(
            "populations.more={role: hidden, size: 3}",
            "projections.a={from: hidden, to: more, bidirectional: true}",
            "projections.b={from: more, to: label, bidirectional: true}").Settings.Populations.Keys);

    [Fact]
    public void An_empty_value_takes_an_optional_setting_away() =>
        Assert.Null(
            SmallExperiment.Load(SmallExperiment.With("xor}", "xor, train: 3}"), "data.train=").Settings.Data.Train);

    [Fact]
    public void The_seed_option_wins_over_the_file_and_over_assignments() =>
        Assert.Equal(9ul, ExperimentFile.Parse("small.yaml", SmallExperiment.Text, ["seed=3"], 9).Settings.Seed);

    [Theory]
    [InlineData(
        "links.activity.loss.rate=1.5",
        "links.activity.loss.rate: 1.5 is out of range; expected a number from 0 to 1")]
    [InlineData("learnin.rule=isd", "learnin: unknown key, did you mean learning?")]
    [InlineData("lanes=many", "lanes: found many; expected a whole number from 1 to 4096")]
    [InlineData("name.x=1", "name: not a map in the file; expected --set name={...}")]
    [InlineData("phases.length={mean: 12", "not valid YAML")]
    [InlineData("phases.length.mean=3", "phases.length.mean: 3 is not above the floor of 6")]
    [InlineData("lanes", "not an assignment; expected path=value")]
    [InlineData("=3", "not an assignment; expected path=value")]
    [InlineData("a..b=3", "not an assignment; expected path=value")]
    [InlineData("lanes=*a", "an alias")]
    public void An_error_in_an_override_names_the_override_as_its_place(string change, string expected)
    {
        Problem problem = Assert.Single(SmallExperiment.ProblemsOf(SmallExperiment.Text, change));

        Assert.StartsWith($"--set {change}: {expected}", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_s_own_error_keeps_its_place_beside_an_override() => Assert.Equal(
        "small.yaml:6:32",
        Assert.Single(SmallExperiment.ProblemsOf(SmallExperiment.With("size: 4", "size: 0"), "lanes=2")).Place);

    [Fact]
    public void An_override_mends_what_is_wrong_in_the_file() => Assert.Equal(
        PhaseOrder.Alternating,
        SmallExperiment.Load(SmallExperiment.With("perStimulus: 2", "order: random"), "phases.order=alternating")
            .Settings.Phases.Order);
}
