using Nudge.Coordinator.Tests.Experiments;
using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Recording;
using Nudge.Running;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>Networks that no longer learn are warned of, and those that do are not.</summary>
public sealed class DeadAndRunawayTests
{
    private static readonly string[] Topics =
        [WarningTopics.Saturated, WarningTopics.Dead, WarningTopics.Updates, WarningTopics.Undecided];

    [Fact]
    public async Task A_network_that_learns_raises_no_such_warning()
    {
        HeadlessResult run = await RunAsync(
            "run.presentations=4000", "populations.hidden.size=32", "projections.hidden-label.rate=0.005");
        Assert.DoesNotContain(run.Warnings, warning => Topics.Contains(warning.Topic));
        Assert.InRange(run.Metrics[MetricNames.Saturated], 0, 0.5);
    }

    [Fact]
    public async Task Rates_a_thousand_times_too_large_are_warned_of()
    {
        HeadlessResult run = await RunAsync(
            "run.presentations=1000",
            "populations.hidden.size=32",
            "projections.input-hidden.rate=300",
            "projections.hidden-label.rate=300");
        RunWarning[] raised = [.. run.Warnings.Where(warning => Topics.Contains(warning.Topic))];
        Assert.Contains(raised, warning => warning.Topic is WarningTopics.Saturated or WarningTopics.Dead);
        Assert.All(raised, warning => Assert.InRange(warning.Presentations ?? 0, 1, 1000));
        Assert.Equal(raised.Length, raised.DistinctBy(warning => (warning.Topic, warning.Path)).Count());
        Assert.True(run.Metrics[MetricNames.Saturated] + run.Metrics[MetricNames.Dead] > 0.5);
    }

    [Fact]
    public async Task A_network_without_weights_is_warned_of_as_dead()
    {
        HeadlessResult run = await RunAsync(
            "run.presentations=200",
            "projections.input-hidden.gain=0",
            "projections.hidden-label.gain=0",
            "projections.input-hidden.rate=0",
            "projections.hidden-label.rate=0");
        Assert.Contains(run.Warnings, warning => warning is { Topic: WarningTopics.Dead, Path: "populations.hidden" });
        Assert.Equal(1, run.Metrics[MetricNames.Dead]);
    }

    // What is left at the output of the last target is no answer.
    [Theory]
    [InlineData("xor", "bits-hidden", "hidden-class")]
    [InlineData("digits", "image-hidden", "hidden-label")]
    public async Task A_network_of_zero_weights_leaves_every_answer_undecided_and_is_warned_of(
        string experiment, string first, string second)
    {
        ExperimentSettings settings = ExperimentFile.Load(
            experiment,
            [
                "run.presentations=40", "run.evaluateEvery=20",
                $"projections.{first}.gain=0", $"projections.{first}.rate=0",
                $"projections.{second}.gain=0", $"projections.{second}.rate=0",
            ],
            null).Settings;
        StimulusSets data = DataSetCatalog.Load(PreparedRun.RequestOf(settings, null));
        HeadlessResult run = await HeadlessRun.RunAsync(settings, data, null, CancellationToken.None);

        Assert.Equal(data.Test.Count, run.Metrics[MetricNames.Undecided] + run.Metrics[MetricNames.Unanswered]);
        Assert.InRange(run.Metrics[MetricNames.Unanswered], 0, 0.05 * data.Test.Count);
        Assert.Equal(0, run.Metrics[MetricNames.Accuracy]);
        Assert.Contains(run.Warnings, warning => warning.Topic == WarningTopics.Undecided);
    }

    private static async Task<HeadlessResult> RunAsync(params string[] overrides)
    {
        ExperimentSettings settings = SmallExperiment.Set(["run.evaluateEvery=100", .. overrides]).Settings;
        StimulusSets data = DataSetCatalog.Load(PreparedRun.RequestOf(settings, null));
        return await HeadlessRun.RunAsync(settings, data, null, CancellationToken.None);
    }
}
