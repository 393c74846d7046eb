using System.Text.Json;
using Nudge.Coordinator.Tests.Running;
using Nudge.Measurements;
using Nudge.Sweeps;

namespace Nudge.Coordinator.Tests.Sweeps;

/// <summary>A sweep of machines that cannot answer names their own measure and its unit wherever it shows numbers.</summary>
public sealed class LikelihoodSweepTests
{
    private static readonly string[] Sweep =
    [
        "sweep", "rbm-bas", "--vary", "lanes=1,2", "--seeds", "2", "--workers", "1",
        "--set", "run.presentations=200", "--set", "run.evaluateEvery=100",
    ];

    [Fact]
    public async Task Table_progress_and_report_are_in_nats_and_know_no_chance()
    {
        using var folder = new TemporaryFolder();

        Ended ended = await NudgeProcess.RunAsync(folder.Path, [.. Sweep, "--out", "out"]);
        Ended report = await NudgeProcess.RunAsync(folder.Path, "report", "out");

        Assert.True(ended.Code == 0, ended.Error);
        Assert.True(report.Code == 0, report.Error);
        string summary = File.ReadAllText(folder.File("out/summary.md"));
        foreach (string text in new[] { ended.Output, ended.Error, summary })
        {
            Assert.Matches(@"negative log-likelihood", text);
            Assert.Matches(@"\d nats", text);
            Assert.DoesNotContain("accuracy", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("chance", text, StringComparison.OrdinalIgnoreCase);
        }

        string header = File.ReadLines(folder.File("out/sweep.csv")).First();
        Assert.Contains(",negativeLogLikelihood,", header, StringComparison.Ordinal);
        Assert.DoesNotContain("accuracy", header, StringComparison.Ordinal);
        Assert.DoesNotContain("chance", header, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_json_the_metric_is_the_likelihood_and_its_intervals_are_not_shares()
    {
        using var folder = new TemporaryFolder();

        Ended ended = await NudgeProcess.RunAsync(folder.Path, [.. Sweep, "--json", "--quiet"]);

        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal("negativeLogLikelihood", ended.Json.GetProperty("metric").GetString());
        foreach (JsonElement point in ended.Json.GetProperty("points").EnumerateArray())
            Assert.InRange(point.GetProperty("mean").GetDouble(), 100, 600);
    }

    [Theory]
    [InlineData("rbm-bas", "negative log-likelihood")]
    [InlineData("sbm-bas", "negative log-likelihood")]
    [InlineData("rbm-mnist", "accuracy")]
    [InlineData("xor", "accuracy")]
    [InlineData("ff-bars", "accuracy")]
    public void The_measure_of_a_sweep_follows_from_its_model_before_anything_has_run(string experiment, string name) =>
        Assert.Equal(name, PlanOf(experiment).Measure.Name);

    [Fact]
    public void The_axis_of_every_figure_has_the_unit_of_the_measure() => Assert.All(
        [Measure.Accuracy, Measure.NegativeLogLikelihood, Measure.Symmetry, Measure.VarianceFit],
        measure => Assert.Contains(measure.Unit.Trim(), measure.Axis, StringComparison.Ordinal));

    [Fact]
    public void What_was_asked_for_is_the_measure_from_the_beginning()
    {
        SweepPlan plan = PlanOf("xor");

        Assert.Equal(
            Measure.Symmetry, SweepPlan.Make(plan.Definition with { Measure = "symmetry" }, yes: false).Measure);
    }

    private static SweepPlan PlanOf(string experiment) => SweepPlan.Make(
        SweepDefinition.Of(new() { File = experiment, Vary = ["time.step=0.25,0.5"], Seeds = 2 }), yes: false);
}
