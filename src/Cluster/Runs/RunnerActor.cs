using Akka.Actor;
using Akka.Event;
using Nudge.Hosting;
using Nudge.Messages;

namespace Nudge.Runs;

/// <summary>
/// Makes whole runs on this node for the process that assigns them, so many at a time; the others wait here.
/// Runs end with the process that asked for them.
/// </summary>
internal sealed class RunnerActor(RunHosting hosting, int frameBytes) : UntypedActor, IWithTimers
{
    internal const string Name = "runner";
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, Assignment> _assignments = [];
    private readonly Queue<HostedRun> _waiting = new();
    private int _running;

    private sealed record Beat;

    private sealed record Made(HostedRun Run, object Answer);

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Beat), new Beat(), BeatEvery);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        foreach (IActorRef scheduler in _assignments.Keys.ToArray())
            Drop(scheduler);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AskRunner:
                Sender.Tell(new RunnerHello(hosting.AtATime, frameBytes));
                break;
            case StartRun when !IsFromMember():
                _log.Warning("refused a run of {0}, which is no member of the cluster", Sender.Path.Address);
                break;
            case StartRun order when order.Version != hosting.Version:
                Sender.Tell(new RunDeclined(
                    order.Job, $"its program is {hosting.Version} and runs are to be made with {order.Version}"));
                break;
            case StartRun order when RefusalOf(order.Run.Experiment) is { } refusal:
                Sender.Tell(new RunDeclined(order.Job, refusal));
                break;
            case StartRun order:
                Take(order);
                break;
            case Made made:
                Answer(made);
                break;
            case Beat:
                foreach (HostedRun run in _assignments.Values.SelectMany(assignment => assignment.Runs.Values))
                    run.JobScheduler.Tell(run.Standing);
                break;
            case StopRuns:
                Drop(Sender);
                break;
            case Terminated gone:
                Drop(gone.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // An actor of this node has no host in its address.
    private bool IsFromMember() => Sender.Path.Address is not { Host: not null } address
        || Akka.Cluster.Cluster.Get(Context.System).State.Members.Any(member => member.Address.Equals(address));

    private string? RefusalOf(string experiment)
    {
        try
        {
            hosting.Budget.ThrowIfTooLong(experiment);
            NodeBudget.ThrowIfMore("max-waiting", "runs that wait", _waiting.Count, hosting.Budget.WaitingRuns);
            return null;
        }
        catch (BudgetException error)
        {
            return error.Message;
        }
    }

    private void Take(StartRun order)
    {
        if (!_assignments.TryGetValue(Sender, out Assignment? assignment))
        {
            assignment = new(hosting.Source());
            _assignments.Add(Sender, assignment);
            Context.Watch(Sender);
        }

        if (assignment.Runs.ContainsKey(order.Job))
            return;
        var run = new HostedRun(Sender, order);
        assignment.Runs.Add(order.Job, run);
        _waiting.Enqueue(run);
        Fill();
    }

    private void Fill()
    {
        while (_running < hosting.AtATime && _waiting.TryDequeue(out HostedRun? run))
        {
            if (run.Stopped)
            {
                run.Dispose();
                continue;
            }

            _running++;
            run.MakeAsync(_assignments[run.JobScheduler].Make).PipeTo(Self, success: answer => new Made(run, answer));
        }
    }

    private void Answer(Made made)
    {
        _running--;
        HostedRun run = made.Run;
        // One that was stopped has no asker left, and its number may have begun again.
        if (!run.Stopped)
        {
            _assignments[run.JobScheduler].Runs.Remove(run.Job);
            run.JobScheduler.Tell(made.Answer);
        }

        run.Dispose();
        Fill();
    }

    private void Drop(IActorRef scheduler)
    {
        if (!_assignments.Remove(scheduler, out Assignment? assignment))
            return;
        Context.Unwatch(scheduler);
        if (assignment.Runs.Count > 0)
            _log.Info("stopped {0} runs of {1}", assignment.Runs.Count, scheduler.Path);
        foreach (HostedRun run in assignment.Runs.Values)
            run.Stop();
    }

    /// <summary>What one scheduler has had this node begin.</summary>
    /// <param name="Make">Makes its runs.</param>
    private sealed record Assignment(WholeRun Make)
    {
        internal Dictionary<int, HostedRun> Runs { get; } = [];
    }
}
