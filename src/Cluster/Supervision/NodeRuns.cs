using Nudge.Messages;
using static Nudge.Supervision.NodeEffect;
using static Nudge.Supervision.NodeEvent;

namespace Nudge.Supervision;

/// <summary>What can happen at the endpoint of a node that concerns runs with slices.</summary>
internal abstract record NodeEvent
{
    /// <summary>Orders of a member of the cluster have arrived.</summary>
    internal sealed record Ordered(HostingOrders Orders) : NodeEvent;

    /// <summary>A directory from a member of the cluster has arrived.</summary>
    internal sealed record Directed(SliceDirectory Directory) : NodeEvent;

    /// <summary>The store was asked which coordinator of a run is the newest.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="Newest">Its number, 0 where the store knows none; null where the store does not answer.</param>
    /// <param name="Token">What it has drawn.</param>
    internal sealed record EpochRead(string Run, int? Newest, long Token) : NodeEvent;

    /// <summary>The manager of a run could not be made.</summary>
    internal sealed record NotMade(string Run, string Reason) : NodeEvent;

    /// <summary>The manager of a run has ended, in order or not.</summary>
    internal sealed record ManagerEnded(string Run) : NodeEvent;

    /// <summary>The node is about to leave.</summary>
    internal sealed record Leave : NodeEvent;
}

/// <summary>What the endpoint of a node does about it.</summary>
internal abstract record NodeEffect
{
    /// <summary>Asks the store which coordinator of a run is the newest.</summary>
    internal sealed record ReadEpoch(string Run) : NodeEffect;

    /// <summary>Makes the manager of a run, which takes these orders first.</summary>
    internal sealed record Make(HostingOrders Orders) : NodeEffect;

    /// <summary>Gives the manager of a run an event.</summary>
    internal sealed record ToManager(string Run, ManagerEvent Event) : NodeEffect;

    /// <summary>Sends a message to the supervisor that sent the orders.</summary>
    internal sealed record Reply(string Supervisor, object Message) : NodeEffect;

    /// <summary>Nothing is hosted here any more, and nothing will be.</summary>
    internal sealed record Left : NodeEffect;
}

/// <summary>
/// Which runs have a manager on a node, and which coordinator of each is obeyed: the newest, of which the store of the run knows.
/// A plain state machine; the endpoint of the node is its shell.
/// </summary>
/// <param name="process">Tells the process of the node from others under the same address.</param>
/// <param name="keeps">Whether the node has a store.</param>
internal sealed class NodeRuns(int process, bool keeps)
{
    private readonly Dictionary<string, Hosted> _runs = [];
    private readonly List<NodeEffect> _effects = [];
    private bool _leaving;

    /// <summary>Takes in an event.</summary>
    /// <returns>What is to be done, in this order; valid until the next call.</returns>
    internal IReadOnlyList<NodeEffect> On(NodeEvent what)
    {
        _effects.Clear();
        switch (what)
        {
            case Ordered ordered when ordered.Orders.Process == process:
                Take(ordered.Orders);
                break;
            case Directed { Directory: var directory } when _runs.TryGetValue(directory.Run, out Hosted? run) && run.HasManager:
                _effects.Add(new ToManager(directory.Run, new ManagerEvent.Directed(directory)));
                break;
            case EpochRead read when _runs.TryGetValue(read.Run, out Hosted? run):
                run.Reading = false;
                Take(run, read);
                break;
            case NotMade failed when _runs.TryGetValue(failed.Run, out Hosted? run):
                run.HasManager = false;
                run.Checked = false;
                _effects.Add(new Reply(run.Supervisor, new OrdersRefused(failed.Run, run.Epoch, 0, failed.Reason)));
                EndIfLeft();
                break;
            case ManagerEnded ended when _runs.TryGetValue(ended.Run, out Hosted? run):
                run.HasManager = false;
                // Another coordinator may direct the run by the time that it comes here again.
                run.Checked = false;
                TakeWaiting(run);
                EndIfLeft();
                break;
            case Leave:
                _leaving = true;
                foreach ((string name, Hosted run) in _runs.Where(pair => pair.Value.HasManager))
                    _effects.Add(new ToManager(name, new ManagerEvent.Leave()));
                EndIfLeft();
                break;
            default:
                break;
        }

        return _effects;
    }

    private void Take(HostingOrders orders)
    {
        if (!_runs.TryGetValue(orders.Run, out Hosted? run))
            _runs[orders.Run] = run = new();
        if (orders.Epoch < run.Epoch)
        {
            Refuse(orders, run.Epoch, "a later coordinator directs the run");
            return;
        }

        if (orders.Epoch > run.Epoch)
        {
            run.Epoch = orders.Epoch;
            run.Checked = false;
            // A coordinator that was started again: the incarnations of the earlier one end and are saved first.
            if (run.HasManager)
                _effects.Add(new ToManager(orders.Run, new ManagerEvent.Superseded()));
        }

        run.Supervisor = orders.RunSupervisor;
        if (run.HasManager && run.ManagerEpoch == orders.Epoch)
            _effects.Add(new ToManager(orders.Run, new ManagerEvent.Ordered(orders)));
        else if (run.HasManager)
            run.Waiting = Newer(run.Waiting, orders);
        else
            Make(run, orders);
    }

    private void Make(Hosted run, HostingOrders orders)
    {
        if (_leaving || orders.HandOver || orders.Slices.Count == 0 || orders.Experiment.Length == 0)
        {
            _effects.Add(new Reply(
                orders.RunSupervisor, new HostingReport(orders.Run, orders.Epoch, orders.Number, "", 0, _leaving, [])));
        }
        else if (keeps && !run.Checked)
        {
            run.Waiting = Newer(run.Waiting, orders);
            if (!run.Reading)
                _effects.Add(new ReadEpoch(orders.Run));
            run.Reading = true;
        }
        else
        {
            run.HasManager = true;
            run.ManagerEpoch = orders.Epoch;
            _effects.Add(new NodeEffect.Make(orders));
        }
    }

    private void Take(Hosted run, EpochRead read)
    {
        HostingOrders? waiting = run.Waiting;
        if (read.Newest is not { } newest || waiting is null)
        {
            // The next orders ask again.
            run.Waiting = null;
            return;
        }

        // A coordinator that has asked twice, since no answer came, has two numbers.
        if (read.Token == waiting.Token && newest >= waiting.Epoch)
        {
            run.Checked = true;
            TakeWaiting(run);
        }
        else if (newest > waiting.Epoch)
        {
            run.Epoch = newest;
            run.Waiting = null;
            Refuse(waiting, newest, "a later coordinator directs the run");
        }
        else
        {
            run.Waiting = null;
            Refuse(waiting, 0, "its store is not that of the run (nudge node --store): it knows nothing of this coordinator");
        }
    }

    private void TakeWaiting(Hosted run)
    {
        HostingOrders? waiting = run.Waiting;
        run.Waiting = null;
        if (waiting is not null)
            Take(waiting);
    }

    private void Refuse(HostingOrders orders, int newer, string reason) =>
        _effects.Add(new Reply(orders.RunSupervisor, new OrdersRefused(orders.Run, orders.Epoch, newer, reason)));

    private void EndIfLeft()
    {
        if (_leaving && _runs.Values.All(run => !run.HasManager))
            _effects.Add(new Left());
    }

    private static HostingOrders Newer(HostingOrders? one, HostingOrders other) =>
        one is not null && (one.Epoch, one.Number).CompareTo((other.Epoch, other.Number)) > 0 ? one : other;

    private sealed class Hosted
    {
        internal int Epoch { get; set; }

        internal string Supervisor { get; set; } = "";

        internal bool HasManager { get; set; }

        internal int ManagerEpoch { get; set; }

        /// <summary>Whether the store has confirmed that the coordinator is the newest.</summary>
        internal bool Checked { get; set; }

        internal bool Reading { get; set; }

        /// <summary>Orders that wait for the store, or for an earlier manager to end.</summary>
        internal HostingOrders? Waiting { get; set; }
    }
}
