using Akka.Actor;
using Nudge.Hosting;
using Nudge.Messages;

namespace Nudge.Runs;

/// <summary>
/// Assigns whole runs to the workers of a cluster and takes in what they gave. A run whose node is lost goes to
/// another one; its answer counts only while it is with the one who answers.
/// </summary>
internal sealed partial class JobSchedulerActor(JobSchedulerPart part) : UntypedActor, IWithTimers
{
    // A node reports each of its runs every second: something was lost if it did not for so many looks.
    private const int QuietLooks = 3;
    private readonly RunTable _table = new(part.Runs);
    private bool _ended;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        if (part.Watch is not null)
            Context.ActorOf(part.Watch, "workers");
        Timers.StartPeriodicTimer(nameof(CheckNodes), new CheckNodes(), part.LookEvery);
        EndIfNoNodeCan();
    }

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        part.Words.TryComplete(reason);
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    protected override void PostStop() => part.Words.TryComplete(
        new NodeException("the nodes removed this process: no messages from it arrived, or the network was cut"));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RunStands stands when _table.NodeOf(Sender) is { } node:
                Stands(node, stands);
                break;
            case RunEnded ended when _table.NodeOf(Sender) is { } node:
                Over(node, new(ended.Job, ended.Numbers, null));
                break;
            case RunFailed failed when _table.NodeOf(Sender) is { } node:
                Over(node, new(failed.Job, null, failed.Reason));
                break;
            case RunDeclined declined when _table.NodeOf(Sender) is { } node:
                if (_table.Return(node, declined.Job))
                    GiveUp(node, declined.Reason);
                break;
            case RunStands or RunEnded or RunFailed or RunDeclined:
                // Late messages of a node that was lost: its runs are with others.
                break;
            case CheckNodes:
                Look();
                break;
            case NoNodeCame:
                Fail($"no node that can make runs came within {part.NodeWithin.TotalSeconds:0} s");
                break;
            case StopDealing:
                End(null);
                break;
            default:
                OnNodes(message);
                break;
        }
    }

    private void Stands(AssignedNode node, RunStands stands)
    {
        if (!node.Jobs.ContainsKey(stands.Job))
            return;
        node.Jobs[stands.Job] = 0;
        Report(new RunAdvanced(stands.Job, stands.Shown));
    }

    private void Over(AssignedNode node, RunOver over)
    {
        if (!_table.End(node, over.Job))
            return;
        Report(over);
        EndIfAllOver();
        AssignRuns();
    }

    private void EndIfAllOver()
    {
        if (_table.AllOver)
            End(null);
    }

    private void AssignRuns()
    {
        while (!_ended && _table.Deal() is { } dealt)
            Start(dealt.Node, dealt.Job);
        EndIfNoNodeCan();
    }

    private void Start(AssignedNode node, int job)
    {
        node.Jobs[job] = 0;
        node.Runner.Tell(new StartRun(job, part.Version, part.Order(job)));
    }

    private void Look()
    {
        foreach (AssignedNode node in _table.Nodes.Where(one => !one.Silent))
        {
            if (node.Slots == 0)
                Ask(node);
            foreach (int job in node.Jobs.Keys.ToArray())
            {
                if (++node.Jobs[job] >= QuietLooks)
                    Start(node, job);
            }
        }
    }

    /// <summary>Ends at once where every node has been given up, and after a while where there is none.</summary>
    private void EndIfNoNodeCan()
    {
        bool able = _table.Nodes.Any(node => node.Able || node.Jobs.Count > 0);
        if (able || _ended)
            Timers.Cancel(nameof(NoNodeCame));
        else if (_table.Nodes.Any() && _table.Nodes.All(node => node.GivenUp is not null))
            Fail("no node can make the runs");
        else if (!Timers.IsTimerActive(nameof(NoNodeCame)))
            Timers.StartSingleTimer(nameof(NoNodeCame), new NoNodeCame(), part.NodeWithin);
    }

    private void Fail(string reason)
    {
        string[] why = [.. _table.Nodes.Select(node => node.GivenUp).OfType<string>()];
        End(new NodeException(why.Length == 0 ? reason : $"{reason}: {string.Join("; ", why)}"));
    }

    private void End(Exception? why)
    {
        _ended = true;
        foreach (AssignedNode node in _table.Nodes)
            node.Runner.Tell(new StopRuns());
        part.Words.TryComplete(why);
    }

    private void Report(RunWord news) => part.Words.TryWrite(news);
}
