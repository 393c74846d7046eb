using Nudge.Coordinator.Tests.Reproductions;
using Nudge.Reproductions;
using Nudge.Running;

namespace Nudge.Coordinator.Tests.Running;

public sealed class RunPoolTests
{
    [Fact]
    public async Task Results_do_not_depend_on_the_number_of_workers()
    {
        IReadOnlyList<PoolJob> jobs = TinyReproduction.Definition.Jobs(quick: true, seeds: 3);

        IReadOnlyList<JobOutcome> alone = await new RunPool(new(null), 1).RunAsync(jobs, CancellationToken.None);
        IReadOnlyList<JobOutcome> together = await new RunPool(new(null), 3).RunAsync(jobs, CancellationToken.None);

        Assert.Equal(jobs, alone.Select(outcome => outcome.Job));
        Assert.Equal(jobs.Count, alone.Select(outcome => outcome.Result!.EventHash).Distinct().Count());
        Assert.Equal(
            alone.Select(outcome => outcome.Result!.EventHash), together.Select(outcome => outcome.Result!.EventHash));
        foreach ((JobOutcome one, JobOutcome other) in alone.Zip(together))
        {
            Assert.Equal(one.Result!.Metrics, other.Result!.Metrics);
            Assert.Equal(one.Result!.Curve, other.Result!.Curve);
        }
    }

    [Fact]
    public async Task A_run_has_its_metrics_and_its_learning_curve()
    {
        PoolJob job = TinyReproduction.Definition.Jobs(quick: true, seeds: 1)[0];

        HeadlessResult result = await HeadlessRun.RunAsync(
            job.Settings, new SharedStimuli(null).For(job.Settings), null, CancellationToken.None);

        foreach (string name in new[] { "accuracy", "accuracySynchronous", "symmetry", "lost", "events" })
            Assert.True(double.IsFinite(result.Metrics[name]), name);
        Assert.Equal([20, 40], result.Curve.Select(point => point.Presentations));
        Assert.Equal(result.Accuracy, result.Curve[^1].Value);
    }

    [Fact]
    public async Task A_run_that_fails_is_told_of_and_the_others_go_on()
    {
        Reproduction reproduction = TinyReproduction.With(TinyReproduction.Failing);
        var watcher = new Watcher();

        IReadOnlyList<JobOutcome> outcomes = await new RunPool(new(null), 2, watcher)
            .RunAsync(reproduction.Jobs(quick: true, seeds: 2), CancellationToken.None);

        foreach (JobOutcome outcome in outcomes)
            Assert.Equal(outcome.Job.Arm == TinyReproduction.Failing.Name ? "failed" : "done", outcome.Status);
        Assert.All(
            outcomes.Where(outcome => outcome.Status == "failed"),
            outcome => Assert.Contains("not finite", outcome.Failure, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, outcomes.Count), watcher.Over.Order());
    }

    [Fact]
    public async Task A_pool_that_is_stopped_keeps_what_was_done()
    {
        using var stop = new CancellationTokenSource();
        var watcher = new Watcher { AtEnd = stop.Cancel };

        IReadOnlyList<JobOutcome> outcomes = await new RunPool(new(null), 1, watcher)
            .RunAsync(TinyReproduction.Definition.Jobs(quick: true, seeds: 2), stop.Token);

        Assert.Equal(["done", "not-run", "not-run", "not-run"], outcomes.Select(outcome => outcome.Status));
    }

    [Fact]
    public void Runs_share_data_that_does_not_depend_on_the_seed()
    {
        IReadOnlyList<PoolJob> jobs = TinyReproduction.Definition.Jobs(quick: true, seeds: 2);
        var stimuli = new SharedStimuli(null);

        Assert.NotEqual(jobs[0].Seed, jobs[^1].Seed);
        Assert.Same(stimuli.For(jobs[0].Settings), stimuli.For(jobs[^1].Settings));
    }

    private sealed class Watcher : IPoolWatcher
    {
        public List<int> Over { get; } = [];

        public Action? AtEnd { get; init; }

        public void Advanced(int job, long presentations)
        {
        }

        public void Finished(int job, JobOutcome outcome)
        {
            Over.Add(job);
            AtEnd?.Invoke();
        }
    }
}
