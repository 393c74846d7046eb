using Nudge.Experiments;

namespace Nudge.Coordinator.Tests.Experiments;

/// <summary>Runs that are to end at an accuracy, and what would keep them from it.</summary>
public sealed class TargetCheckTests
{
    [Fact]
    public void Without_evaluations_during_training_it_cannot_be_reached() => Assert.Contains(
        "expected run.evaluateEvery above 0",
        Assert.Single(SmallExperiment.ProblemsOf(SmallExperiment.Text, "run.untilAccuracy=0.9", "run.evaluateEvery=0")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_network_that_gives_no_answers_cannot_reach_it()
    {
        ExperimentException error = Assert.Throws<ExperimentException>(
            () => ExperimentFile.Load("rbm-bas", ["run.untilAccuracy=0.9"], null));
        Assert.Contains("gives no answers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_evaluation_at_the_end_is_warned_of()
    {
        LoadedExperiment late = SmallExperiment.Set("run.untilAccuracy=0.9", "run.evaluateEvery=10000");
        Assert.Equal("run.untilAccuracy", Assert.Single(late.Warnings).Path);
        Assert.Empty(SmallExperiment.Set("run.untilAccuracy=0.9", "run.evaluateEvery=100").Warnings);
    }
}
