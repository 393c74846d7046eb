using Nudge.Experiments;
using Nudge.Plasticity.Rules;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Sweeps;

/// <summary>The section <c>sweep</c> of an experiment file.</summary>
public sealed class SweepSectionTests
{
    private const string Section =
        """
        sweep:
          seeds: 4
          set: {run.presentations: 40, run.evaluateEvery: 20}
          vary:
            links.activity.loss.rate: [0, 0.2, 0.4]
            clocks.jitter: 0..0.4:2
          variants:
            ours: {}
            paired: {learning.rule: paired, phases.order: alternating}
            twice lost:
              links.activity.delay: {law: exponential, mean: 1}
          quick:
            seeds: 2
            set: {run.presentations: 20}
            vary: {links.activity.loss.rate: [0, 0.4]}

        """;

    [Fact]
    public void The_file_says_what_varies_how_often_and_what_changes_together()
    {
        SweepPlan plan = Plan(Section);

        Assert.Equal(["variant", "links.activity.loss.rate", "clocks.jitter"], plan.Grid.Variations.Select(one => one.Path));
        Assert.Equal(3 * 3 * 2 * 4, plan.Runs);
        (SweepPoint point, var job) = plan.Jobs().First(one => one.Point.Values is ["paired", "0.2", "0.4"]);
        Assert.Equal("variant=paired, loss.rate=0.2, clocks.jitter=0.4", plan.Grid.Describe(point));
        Assert.IsType<PairedSettings>(job.Settings.Learning.Rule);
        Assert.Equal(Phases.PhaseOrder.Alternating, job.Settings.Phases.Order);
        Assert.Equal(0.2, job.Settings.Links.Activity.Loss.MeanLoss);
        Assert.Equal(0.4, job.Settings.Clocks.Jitter);
        Assert.Equal(40, job.Settings.Run.Presentations);
        var late = plan.Jobs().First(one => one.Point.Values[0] == "twice lost").Job.Settings;
        Assert.Equal(1, late.Links.Activity.Delay.MeanDelay);
        Assert.IsType<DifferentialIsdSettings>(late.Learning.Rule);
    }

    [Fact]
    public void A_setting_to_be_tuned_is_read_from_the_file_and_kept_where_the_sweep_goes_on()
    {
        string section = Section.Replace("  variants:", "  tune: {learning.rateFactor: [0.5, 2]}\n  variants:", StringComparison.Ordinal);

        SweepPlan plan = Plan(section);

        Assert.Equal("learning.rateFactor", plan.Grid.Tuned?.Path);
        Assert.Equal(3 * 3 * 2 * 2 * 4, plan.Runs);
        Assert.Equal(Files(plan), Files(SweepPlan.Make(SweepDefinition.Parse(plan.Definition.ToJson()), yes: false)));
        Assert.Null(Plan(section, request => request with { Vary = ["model.beta=1,2"] }).Grid.Tuned);
        SweepPlan other = Plan(section, request => request with { Tune = "clocks.drift=0,0.1", Until = 0.9 });
        Assert.Equal("clocks.drift", other.Grid.Tuned?.Path);
        Assert.Equal(0.9, other.Jobs().First().Job.Settings.Run.UntilAccuracy);
        Assert.EndsWith("--tune clocks.drift=0,0.1 --until accuracy=0.9", other.Definition.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rehearsal_takes_its_own_seeds_values_and_settings()
    {
        SweepPlan plan = Plan(Section, request => request with { Quick = true });

        Assert.Equal(3 * 2 * 2 * 2, plan.Runs);
        Assert.All(plan.Jobs(), one => Assert.Equal(20, one.Job.Settings.Run.Presentations));
        Assert.EndsWith("sweeping.yaml --quick", plan.Definition.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_take_the_place_of_what_the_file_varies_and_variants_stay()
    {
        SweepPlan plan = Plan(Section, request => request with { Vary = ["model.beta=1,2"], Seeds = 1 });

        Assert.Equal(["variant", "model.beta"], plan.Grid.Variations.Select(one => one.Path));
        Assert.Equal(6, plan.Runs);
    }

    [Fact]
    public void A_sweep_goes_on_as_the_file_had_it_when_it_began()
    {
        SweepDefinition begun = Plan(Section).Definition;
        var read = SweepDefinition.Parse(begun.ToJson());

        var again = SweepPlan.Make(read, yes: false);
        Assert.Equal(Files(Plan(Section)), Files(again));
        Assert.Equal(begun.Variants.Select(one => one.Name), again.Definition.Variants.Select(one => one.Name));
    }

    [Fact]
    public void A_single_run_does_not_read_the_section()
    {
        string with = SampleText() + Section;

        Assert.Equal(
            SettingsWriter.ToYaml(ExperimentFile.Parse("f", SampleText(), [], null).Settings, false),
            SettingsWriter.ToYaml(ExperimentFile.Parse("f", with, [], null).Settings, false));
    }

    [Theory]
    [InlineData("sweep: {seed: 3}", "sweep.seed: unknown key, did you mean seeds?")]
    [InlineData("sweep: {seeds: 0, vary: {lanes: [1, 2]}}", "sweep.seeds: expected a whole number")]
    [InlineData("sweep: {vary: {lanes: {a: 1}}}", "sweep.vary.lanes: expected a list of values")]
    [InlineData("sweep: {vary: {lanes: []}}", "sweep.vary.lanes: no values")]
    [InlineData("sweep: {vary: [lanes]}", "sweep.vary: expected a map")]
    [InlineData("sweep: {vary: {lanes: [1, 0]}}", "lanes: 0 is out of range")]
    [InlineData("sweep: {vary: {lane: [1, 2]}}", "lane: unknown key, did you mean lanes?")]
    [InlineData("sweep: {vary: {lanes: [1, 2]}, set: {lanes: 3}}", "sweep.vary.lanes: lanes is fixed")]
    [InlineData("sweep: {vary: {lanes: [1, 2]}, variants: {a: {lanes: 3}, b: {}}}", "sweep.vary.lanes: lanes would undo")]
    [InlineData("sweep: {variants: {a: {lanes: 3}}}", "sweep.variants: one variant alone")]
    [InlineData("sweep: {quick: {quick: {}}}", "sweep.quick.quick: unknown key")]
    public void What_is_wrong_is_told_with_its_line(string section, string expected)
    {
        var error = Assert.Throws<ExperimentException>(() => Plan(section + "\n"));

        int line = SampleText().Count(letter => letter == '\n') + 1;
        Assert.Contains(
            error.Problems,
            problem => problem.Place.Contains($"sweeping.yaml:{line}:", StringComparison.Ordinal)
                && problem.ToString().Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_rehearsal_that_the_file_does_not_describe_is_refused()
    {
        var error = Assert.Throws<ExperimentException>(
            () => Plan("sweep: {vary: {lanes: [1, 2]}}\n", request => request with { Quick = true }));

        Assert.Contains("sweep.quick", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Files(SweepPlan plan) =>
        plan.Jobs().Select(one => SettingsWriter.ToYaml(one.Job.Settings, false));

    private static SweepPlan Plan(string section, Func<SweepRequest, SweepRequest>? asked = null)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "sweeping.yaml");
        File.WriteAllText(file, SampleText() + section);
        var request = new SweepRequest { File = file };
        return SweepPlan.Make(SweepDefinition.Of(asked is null ? request : asked(request)), yes: false);
    }

    private static string SampleText() => ExperimentText.Read("xor").Text;
}
