using Nudge.Experiments;
using Nudge.Reproductions;

namespace Nudge.Coordinator.Tests.Reproductions;

public sealed class CatalogueTests
{
    public static TheoryData<string> Names => [.. ReproductionCatalogue.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_arm_loads_in_full_and_in_quick_form_without_a_warning(string name)
    {
        foreach (Arm arm in ReproductionCatalogue.Find(name).Arms)
        {
            foreach (bool quick in new[] { false, true })
                Assert.Empty(arm.Load(quick, 7).Warnings);
            Assert.Equal(7ul, arm.Load(quick: true, 7).Settings.Seed);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_quick_form_is_shorter(string name)
    {
        Reproduction one = ReproductionCatalogue.Find(name);

        Assert.InRange(one.QuickSeeds, 2, one.Seeds);
        Assert.All(one.Arms, arm => Assert.True(
            arm.QuickVariancePhases < arm.VariancePhases
                || arm.QuickTruthPhases < arm.TruthPhases
                || arm.Load(quick: true, 1).Settings.Run.Presentations < arm.Load(quick: false, 1).Settings.Run.Presentations,
            arm.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdicts_speak_of_arms_that_are_there_and_are_undecided_without_runs(string name)
    {
        Reproduction one = ReproductionCatalogue.Find(name);
        var evidence = new Evidence(one, [], new Dictionary<string, ReferenceValues>());

        Assert.NotEmpty(one.Verdicts);
        Assert.All(one.Verdicts, verdict => Assert.Equal(Judgement.Undecided, verdict.Judge(evidence).Judgement));
    }

    [Fact]
    public void Arms_that_are_shown_against_theory_have_a_series_and_a_place_on_the_axis() =>
        Assert.All(ReproductionCatalogue.All.Where(one => one.Theory is not null), one =>
        {
            Assert.NotNull(one.Measure.Predicted);
            Assert.All(one.Arms, arm => Assert.InRange(arm.At, one.Theory!.Grid[0], one.Theory.Grid[^1]));
            Assert.Distinct(one.Arms.Select(arm => (arm.Series!, arm.At)));
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_are_told_apart(string name)
    {
        string[] arms = [.. ReproductionCatalogue.Find(name).Arms.Select(arm => arm.Name)];

        Assert.Equal(arms.Distinct(), arms);
        Assert.Single(ReproductionCatalogue.All, one => one.Name == name);
    }

    [Fact]
    public void A_mistyped_name_is_answered_with_the_one_meant()
    {
        var thrown = Assert.Throws<ExperimentException>(() => ReproductionCatalogue.Find("ep-mnits"));

        Assert.Contains("did you mean ep-mnist?", Assert.Single(thrown.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reference_values_that_are_built_in_belong_to_arms() => Assert.All(ReferenceFile.Embedded, row =>
    {
        Assert.Contains(ReproductionCatalogue.Find(row.Reproduction).Arms, arm => arm.Name == row.Arm);
        Assert.NotEmpty(row.Source);
    });

    [Fact]
    public void A_file_of_reference_values_has_a_source_and_a_row_a_seed()
    {
        const string Text = """
            # source: a paper
            reproduction,arm,seed,value
            one,a,1,0.5
            one,a,2,0.25
            one,b,,1e-3
            two,a,1,9
            """;

        var values = ReferenceFile.Of(ReferenceFile.Parse("x.csv", Text), "one");

        Assert.Equal([0.5, 0.25], values["a"].Values);
        Assert.Equal([1e-3], values["b"].Values);
        Assert.Equal("a paper", values["a"].Source);
    }

    [Theory]
    [InlineData("")]
    [InlineData("arm,value\na,1\n")]
    [InlineData("reproduction,arm,seed,value\none,a,1\n")]
    [InlineData("reproduction,arm,seed,value\none,a,1,much\n")]
    public void What_is_no_such_file_is_refused(string text) =>
        Assert.Throws<FormatException>(() => ReferenceFile.Parse("x.csv", text));
}
