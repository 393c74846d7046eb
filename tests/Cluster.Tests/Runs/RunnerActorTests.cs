using System.Collections.Concurrent;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Nudge.Messages;
using Nudge.Runs;

namespace Nudge.Cluster.Tests.Runs;

/// <summary>The actor of a node that makes whole runs. A test ends a run when it likes, by the run's name.</summary>
public sealed class RunnerActorTests : TestKit
{
    private const string Version = "1.0+a";
    private readonly ConcurrentDictionary<string, TaskCompletionSource<RunNumbers>> _runs = new();
    private readonly ConcurrentDictionary<string, CancellationToken> _stops = new();
    private readonly BlockingCollection<string> _begun = [];
    private readonly IActorRef _runner;
    private int _sources;

    public RunnerActorTests() => _runner = Sys.ActorOf(Props.Create(() => new RunnerActor(
        new RunHosting(Version, 1, Source), 50_000)));

    private WholeRun Source()
    {
        _sources++;
        return (order, shown, stop) =>
        {
            _stops[order.Experiment] = stop;
            shown(7);
            Task<RunNumbers> run = Run(order.Experiment).Task.WaitAsync(stop);
            _begun.Add(order.Experiment, CancellationToken.None);
            return run;
        };
    }

    [Fact]
    public void It_says_what_it_can_do()
    {
        _runner.Tell(new AskRunner(), TestActor);
        Assert.Equal(new RunnerHello(1, 50_000), ExpectMsg<RunnerHello>());
    }

    [Fact]
    public void A_run_ends_with_its_numbers_and_makes_room_for_the_next_one()
    {
        Start(0, "first");
        Start(1, "second");
        AssertBegun("first");
        Assert.Empty(_begun);

        var numbers = new RunNumbers([new("accuracy", 0.1)], 2, 3);
        Run("first").SetResult(numbers);

        Assert.Equal(new RunEnded(0, numbers), Answer<RunEnded>());
        AssertBegun("second");
        Assert.Equal(1, _sources);
    }

    [Fact]
    public void A_run_that_fails_says_why_and_the_next_one_begins()
    {
        Start(0, "first");
        Start(1, "second");
        AssertBegun("first");
        Run("first").SetException(new InvalidDataException("not finite " + new string('x', 100_000)));
        RunFailed failed = Answer<RunFailed>();
        Assert.StartsWith("not finite", failed.Reason, StringComparison.Ordinal);
        Assert.InRange(failed.Reason.Length, 1000, 10_000);
        AssertBegun("second");
    }

    [Fact]
    public void What_this_node_alone_cannot_do_is_declined()
    {
        Start(0, "first");
        AssertBegun("first");
        Run("first").SetException(new RunDeclinedException("no data"));
        Assert.Equal(new RunDeclined(0, "no data"), Answer<RunDeclined>());
    }

    [Fact]
    public void Runs_of_another_version_are_declined_in_words_and_not_made()
    {
        _runner.Tell(new StartRun(4, "1.0+b", new("first")), TestActor);
        RunDeclined declined = ExpectMsg<RunDeclined>();
        Assert.Equal(4, declined.Job);
        Assert.Contains("1.0+a", declined.Reason, StringComparison.Ordinal);
        Assert.Contains("1.0+b", declined.Reason, StringComparison.Ordinal);
        Assert.Equal(0, _sources);
    }

    [Fact]
    public void A_run_that_is_asked_for_twice_is_made_once_and_after_its_end_again()
    {
        Start(0, "first");
        Start(0, "first");
        AssertBegun("first");
        Run("first").SetResult(new([], 1, 2));
        Answer<RunEnded>();
        Assert.Empty(_begun);

        Start(0, "first");
        AssertBegun("first");
        Answer<RunEnded>();
    }

    [Fact]
    public void It_tells_how_far_a_run_is_and_that_another_one_waits()
    {
        Start(3, "first");
        Start(4, "second");
        // A loaded machine may take longer than the three seconds that are usual.
        var limit = TimeSpan.FromSeconds(30);
        RunStands[] stand = [ExpectMsg<RunStands>(limit), ExpectMsg<RunStands>(limit)];
        Assert.Equal([new(3, 7), new(4, 0)], stand.OrderBy(one => one.Job));
    }

    [Fact]
    public void Runs_end_with_the_one_who_asked_for_them_and_make_room()
    {
        TestProbe other = CreateTestProbe();
        _runner.Tell(new StartRun(0, Version, new("dead")), other);
        _runner.Tell(new StartRun(1, Version, new("waits")), other);
        Start(0, "first");
        AssertBegun("dead");

        Sys.Stop(other);

        AssertBegun("first");
        Assert.True(_stops["dead"].IsCancellationRequested);
        Assert.False(_stops["first"].IsCancellationRequested);
        Assert.False(_stops.ContainsKey("waits"));
    }

    [Fact]
    public void Runs_that_are_stopped_give_no_answer_and_their_numbers_can_begin_again()
    {
        Start(0, "first");
        AssertBegun("first");
        _runner.Tell(new StopRuns(), TestActor);
        Start(0, "second");
        AssertBegun("second");
        Assert.True(_stops["first"].IsCancellationRequested);
        var numbers = new RunNumbers([], 4, 5);
        Run("second").SetResult(numbers);
        Assert.Equal(new RunEnded(0, numbers), Answer<RunEnded>());
    }

    private TaskCompletionSource<RunNumbers> Run(string name) => _runs.GetOrAdd(name, _ => new());

    private void Start(int job, string name) => _runner.Tell(new StartRun(job, Version, new(name)), TestActor);

    private void AssertBegun(string name)
    {
        Assert.True(_begun.TryTake(out string? begun, TimeSpan.FromSeconds(10)), $"{name} was not begun");
        Assert.Equal(name, begun);
    }

    /// <summary>The next answer; reports of runs under way are passed over.</summary>
    private T Answer<T>() => (T)FishForMessage(message => message is not RunStands);
}
