using Nudge.Experiments;
using Nudge.Measurements;
using Nudge.Reproductions;
using Nudge.Running;

namespace Nudge.Coordinator.Tests.Reproductions;

public sealed class ClaimsTests
{
    private static readonly Measure Error =
        new() { Metric = "error", Name = "error", Axis = "error", LowerIsBetter = true };

    private static readonly double[] Around5 = [4.9, 5.0, 5.1];
    private static readonly double[] Around6 = [5.9, 6.0, 6.1];
    private static readonly double[] Wide = [4.0, 5.0, 6.0];

    [Fact]
    public void A_bound_holds_only_where_the_whole_interval_keeps_it()
    {
        Assert.Equal(Judgement.Holds, Judge(c => c.MeanAtMost("a", 5.5), Around5));
        Assert.Equal(Judgement.DoesNotHold, Judge(c => c.MeanAtMost("a", 4.5), Around5));
        Assert.Equal(Judgement.Undecided, Judge(c => c.MeanAtMost("a", 5.5), Wide));
        Assert.Equal(Judgement.Holds, Judge(c => c.MeanAtLeast("a", 4.5), Around5));
        Assert.Equal(Judgement.DoesNotHold, Judge(c => c.MeanAtLeast("a", 5.5), Around5));
    }

    [Fact]
    public void Better_is_less_where_less_is_better()
    {
        Assert.Equal(Judgement.Holds, Judge(c => c.Better("a", "b"), Around5, Around6));
        Assert.Equal(Judgement.DoesNotHold, Judge(c => c.Better("b", "a"), Around5, Around6));
        Assert.Equal(Judgement.Undecided, Judge(c => c.Better("a", "b"), Wide, Around6));
    }

    [Fact]
    public void No_worse_allows_a_margin()
    {
        Assert.Equal(Judgement.Holds, Judge(c => c.NoWorse("b", "a", 1.5), Around5, Around6));
        Assert.Equal(Judgement.DoesNotHold, Judge(c => c.NoWorse("b", "a", 0.5), Around5, Around6));
        Assert.Equal(Judgement.Holds, Judge(c => c.NoWorse("a", "b", 0), Around5, Around6));
    }

    [Fact]
    public void A_reference_is_matched_where_the_interval_of_the_difference_contains_nothing()
    {
        Assert.Equal(Judgement.Holds, Judge(c => c.MatchesReference("a"), Around5, reference: Wide));
        Assert.Equal(Judgement.DoesNotHold, Judge(c => c.MatchesReference("a"), Around5, reference: Around6));
        Assert.Equal(Judgement.Undecided, Judge(c => c.MatchesReference("a"), Around5, reference: [5]));
    }

    [Fact]
    public void Near_takes_more_than_a_lack_of_evidence()
    {
        Assert.Equal(Judgement.Holds, Judge(c => c.NearReference("a", 0.5), Around5, reference: Around5));
        Assert.Equal(Judgement.Undecided, Judge(c => c.NearReference("a", 0.5), Around5, reference: Wide));
        Assert.Equal(Judgement.DoesNotHold, Judge(c => c.NearReference("a", 0.5), Around5, reference: Around6));
    }

    [Fact]
    public void One_run_decides_nothing_and_the_numbers_say_so()
    {
        Finding finding = new Claims(Error).MeanAtMost("a", 9).Judge(Evidence([1], [], []));

        Assert.Equal("undecided", finding.Word);
        Assert.Equal("mean 1.00, too few values for an interval, n = 1", finding.Numbers);
    }

    [Fact]
    public void Statement_and_numbers_are_in_the_measure_s_own_unit()
    {
        Verdict verdict = new Claims(Measure.Accuracy).NoWorse("a", "b", 0.02);

        Assert.Equal("a is no worse than b by more than 2.00 points", verdict.Statement);
        Assert.Equal("90.5 %", Measure.Accuracy.Text(0.905));
        Assert.Equal("−1.25 points", Measure.Accuracy.DifferenceText(-0.0125));
    }

    private static Judgement Judge(
        Func<Claims, Verdict> verdict, double[] a, double[]? b = null, double[]? reference = null) =>
        verdict(new(Error)).Judge(Evidence(a, b ?? [], reference ?? [])).Judgement;

    private static Evidence Evidence(double[] a, double[] b, double[] reference)
    {
        ExperimentSettings settings = ExperimentFile.Load("xor", [], null).Settings;
        var reproduction = TinyReproduction.Definition with
        {
            Measure = Error,
            Arms = [new() { Name = "a", Experiment = "xor" }, new() { Name = "b", Experiment = "xor" }],
        };
        return new(
            reproduction,
            [.. a.Select(value => Outcome("a", value)), .. b.Select(value => Outcome("b", value))],
            new Dictionary<string, ReferenceValues> { ["a"] = new(reference, "here") });

        JobOutcome Outcome(string arm, double value) => new(new(arm, settings), Result(value), null);
    }

    private static HeadlessResult Result(double value) => new()
    {
        Metrics = new Dictionary<string, double> { ["error"] = value },
        Curve = [],
        WallSeconds = 0,
        EventHash = 0,
    };
}
