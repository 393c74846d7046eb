using Nudge.Experiments;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Sweeps;

public sealed class SweepPlanTests
{
    private const string Loss = "links.activity.loss.rate";
    private const string Delay = "links.activity.delay.mean";

    [Fact]
    public void The_grid_is_the_product_of_all_values_and_the_last_changes_fastest()
    {
        SweepPlan plan = TinySweep.Plan(2, $"{Loss}=0,0.5", $"{Delay}=1..3:3");

        Assert.Equal(12, plan.Runs);
        Assert.Equal(
            ["0 1", "0 2", "0 3", "0.5 1", "0.5 2", "0.5 3"],
            plan.Points.Select(point => string.Join(' ', point.Values)));
        var last = plan.Jobs().Last().Job;
        Assert.Equal(0.5, last.Settings.Links.Activity.Loss.MeanLoss);
        Assert.Equal(3, last.Settings.Links.Activity.Delay.MeanDelay);
        Assert.Equal(2UL, last.Settings.Seed);
    }

    [Theory]
    [InlineData("links.activity.loss.rat=0,0.1", "did you mean rate?")]
    [InlineData("nothing.at.all=1,2", "unknown key")]
    [InlineData(Loss + "=0,2", "out of range")]
    [InlineData(Loss + "=", "no values")]
    [InlineData("=1,2", "expected path=values")]
    [InlineData("seed=1,2", "--seeds")]
    [InlineData(Delay + "=1,2", "varied already")]
    [InlineData("links.activity.delay={law: none}", "varied already")]
    [InlineData("run.presentations=1,2", "fixed by --set")]
    public void What_cannot_be_swept_is_refused_with_a_clear_error(string vary, string message)
    {
        var error = Assert.Throws<ExperimentException>(() => TinySweep.Plan(1, $"{Delay}=0.5,1", vary));

        Assert.Contains(error.Problems, problem => problem.ToString().Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_errors_of_all_points_are_listed_once_each_with_their_point()
    {
        var error = Assert.Throws<ExperimentException>(() => TinySweep.Plan(3, $"{Loss}=0,2,3", "lanes=1,0"));

        Assert.Equal(3, error.Problems.Count);
        Assert.Contains("--vary links.activity.loss.rate=2", error.Message, StringComparison.Ordinal);
        Assert.Contains("at the point loss.rate=3, lanes=1 and 1 more", error.Message, StringComparison.Ordinal);
        Assert.Contains("at the point loss.rate=0, lanes=0 and 2 more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_vary_is_refused() => Assert.Contains(
        "--vary", Assert.Throws<ExperimentException>(() => TinySweep.Plan(1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("links.activity.loss.rate=0..0.9:1000", 11)]
    [InlineData("links.activity.loss.rate=0..0.9:100000", int.MaxValue)]
    public void Very_many_runs_must_be_meant(string vary, int seeds)
    {
        var error = Assert.Throws<ExperimentException>(() => TinySweep.Plan(seeds, vary));

        Assert.Contains("runs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_can_be_pasted_into_a_shell()
    {
        SweepDefinition definition = TinySweep.Definition(2, "links.activity.loss={law: none},{law: independent, rate: 0.1}");

        Assert.Equal(
            "nudge sweep xor --vary 'links.activity.loss={law: none},{law: independent, rate: 0.1}' --seeds 2 "
            + "--set run.presentations=40 --set run.evaluateEvery=20",
            definition.Command);
    }
}
