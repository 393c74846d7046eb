using Nudge.Actors;
using Nudge.Messages;
using static Nudge.Supervision.SupervisorEffect;
using static Nudge.Supervision.SupervisorEvent;

namespace Nudge.Supervision;

/// <summary>
/// Directs a run whose slices are on nodes, as a plain state machine. It compares what each node should be doing with what it
/// reports, and repeats its orders until the two agree: so whatever is lost on the way, or ends there, is made good. When a node
/// is lost, its slices start elsewhere from their last snapshots. It takes no part in the messages of slices.
/// </summary>
/// <remarks>Not safe for several threads; an actor is its shell.</remarks>
internal sealed partial class RunSupervisor
{
    /// <summary>How often <see cref="Tick"/> is expected.</summary>
    internal static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>How often orders are repeated.</summary>
    internal static readonly TimeSpan OrderEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>A node that has not reported for so long is taken for unreachable.</summary>
    internal static readonly TimeSpan UnreachableAfter = TimeSpan.FromSeconds(3);

    /// <summary>
    /// A node that has not reported for so long is taken for lost, though it be a member: longer than managers go on without orders.
    /// </summary>
    internal static readonly TimeSpan LostAfter = SliceManager.Lease + TimeSpan.FromSeconds(10);

    /// <summary>How long a run waits for a node that can host a slice.</summary>
    internal static readonly TimeSpan NodeWithin = TimeSpan.FromSeconds(60);

    private readonly SupervisedRun _run;
    private readonly SortedDictionary<string, SupervisedNode> _nodes = new(StringComparer.Ordinal);
    private readonly SupervisedPlace[] _places;
    private readonly List<SliceCounters> _ended = [];
    private readonly List<SupervisorEffect> _effects = [];
    private readonly List<long> _waitForActors = [];
    private readonly TimeSpan _begunAt;
    private TimeSpan _now;
    private int _epoch;
    private int _epochAsked;
    private TimeSpan _epochAskedAt = TimeSpan.FromDays(-1);
    private long _orders;
    private long _directory;
    private bool _begun;
    private bool _failed;
    private bool _removed;

    /// <summary>Makes a supervisor that has placed every slice as planned, and sent nothing.</summary>
    /// <param name="run">The run.</param>
    /// <param name="now">The present time.</param>
    internal RunSupervisor(SupervisedRun run, TimeSpan now)
    {
        _run = run;
        _now = _begunAt = now;
        foreach (string worker in run.Workers)
            _nodes[worker] = new(worker, run.KeepsSlices, now);
        _places = [.. run.Slices.Select(_ => new SupervisedPlace())];
        for (int slice = 0; slice < _places.Length; slice++)
            Assign(slice, _nodes[run.Workers[run.NodeOf[slice]]]);
    }

    /// <summary>The number of the coordinator; 0 until it is known.</summary>
    internal int Epoch => _epoch;

    /// <summary>Whether all slices have been up at once, and the coordinator was told where they are.</summary>
    internal bool Begun => _begun;

    /// <summary>What is known of the present incarnations; one that has not reported yet has counted nothing.</summary>
    internal IReadOnlyList<SliceCounters> Present => [.. _places.Select(place => place.Counters).OfType<SliceCounters>()];

    /// <summary>The counters of incarnations that have ended.</summary>
    internal IReadOnlyList<SliceCounters> Ended => _ended;

    /// <summary>Where each slice is.</summary>
    internal IReadOnlyList<SupervisedPlace> Places => _places;

    private bool AllUp => Array.TrueForAll(_places, place => place.IsUp);

    /// <summary>The path of the actor of a slice; empty for one that is down.</summary>
    internal string PathOf(int slice) => _places[slice] is { IsUp: true } place
        ? SliceDirectory.SlicePath(place.Node!.Manager, slice, place.Attempt)
        : "";

    /// <summary>Takes in an event.</summary>
    /// <param name="what">The event.</param>
    /// <param name="now">The present time, which never goes back.</param>
    /// <returns>What is to be done, in this order; valid until the next call.</returns>
    internal IReadOnlyList<SupervisorEffect> On(SupervisorEvent what, TimeSpan now)
    {
        _now = now;
        _effects.Clear();
        if (!_removed)
        {
            Take(what);
            PlaceUnplaced();
            Send();
        }

        return _effects;
    }

    private void Take(SupervisorEvent what)
    {
        switch (what)
        {
            case Tick:
                SeekEpoch();
                LookAtNodes();
                ForgiveStarts();
                PollIfDue();
                break;
            case NodeUp up:
                Arrive(up);
                break;
            case NodeLeaving leaving when _nodes.TryGetValue(leaving.Node, out SupervisedNode? node):
                Retire(node);
                break;
            case NodeReachable reachable when _nodes.TryGetValue(reachable.Node, out SupervisedNode? node):
                node.Reachable = reachable.Reachable;
                RenewUnreachable();
                break;
            case NodeRemoved removed when _nodes.TryGetValue(removed.Node, out SupervisedNode? node):
                Depart(node, removed.Lost ? LossOf(node) : LeaveOf(node));
                break;
            case SelfRemoved:
                _removed = true;
                FailRun(RemovedReason);
                break;
            case Received received when _nodes.TryGetValue(received.Node, out SupervisedNode? node):
                Take(node, received.Message);
                break;
            case CoordinatorFrozen frozen when frozen.Round == _freezeRound:
                _coordinatorRound = frozen.Round;
                _orderedFrozen = _slicesFrozen;
                OrderAll();
                EndFreezeIfOver();
                break;
            case AskActors ask:
                _waitForActors.Add(ask.Request);
                BeginIfAllUp();
                break;
            case AskFreeze ask:
                _frozenByEngine = ask.Frozen;
                _freezers.Add(ask.Request);
                BeginFreeze();
                break;
            case AskRunCounters { Fresh: false } ask:
                _effects.Add(new Answer(ask.Request));
                break;
            case AskRunCounters ask:
                _counterAskers.Add(ask.Request);
                BeginCount();
                break;
            case AskToEnd ask:
                EndRun(ask.Request);
                break;
            default:
                break;
        }
    }

    private void Take(SupervisedNode node, object message)
    {
        switch (message)
        {
            case EpochAllotted allotted when allotted.Run == _run.Run && _epoch == 0 && allotted.Epoch > 0:
                _epoch = allotted.Epoch;
                OrderAll();
                break;
            case OrdersRefused refused when refused.Run == _run.Run && (refused.Epoch == _epoch || refused.Epoch == 0):
                Refuse(node, refused);
                break;
            case HostingReport report when report.Run == _run.Run && report.Epoch == _epoch && _epoch > 0:
                Take(node, report);
                break;
            case SliceCounted counted when counted.Run == _run.Run && counted.Epoch == _epoch && _epoch > 0:
                Take(node, counted);
                break;
            default:
                break;
        }
    }

    // Until it is known, slices could not be told from those of another coordinator of the same run.
    private void SeekEpoch()
    {
        if (_epoch > 0)
            return;
        if (_now - _begunAt >= NodeWithin)
            FailRun($"no node has given this coordinator a number within {NodeWithin.TotalSeconds:0} s: {(_nodes.Count == 0 ? "there is none" : "is their store up?")}");
        if (_nodes.Count == 0 || _now - _epochAskedAt < OrderEvery * 4)
            return;
        _epochAskedAt = _now;
        SupervisedNode[] able = [.. _nodes.Values.Where(node => node.Keeps == _run.KeepsSlices && node.Refusal.Length == 0)];
        if (able.Length > 0)
            _effects.Add(new ToNode(able[_epochAsked++ % able.Length].Name, new AllotEpoch(_run.Run, _run.Token, _run.TokenBefore)));
    }

    private void Refuse(SupervisedNode node, OrdersRefused refused)
    {
        if (refused.Newer > _epoch && _epoch > 0)
        {
            FailRun($"another coordinator has taken over this run (its number is {refused.Newer}, that of this one {_epoch}); "
                + "only one at a time can direct a run");
            // Whatever it had started belongs to the other one now.
            _ending = true;
            for (int slice = 0; slice < _places.Length; slice++)
                Unassign(slice);
            EndIfOver();
            return;
        }

        if (_epoch == 0 && refused.Epoch == 0)
        {
            node.Refusal = refused.Reason;
            FailRun($"node {node.Name} cannot begin the run: {refused.Reason}");
            return;
        }

        if (node.Refusal.Length > 0)
            return;
        node.Refusal = refused.Reason;
        if (_begun)
            Notify($"node {node.Name} hosts nothing of this run: {refused.Reason}");
        else
            FailRun($"node {node.Name} hosts nothing: {refused.Reason}");
        foreach (int slice in On(node))
            Lose(slice, $"node {node.Name} refused it: {refused.Reason}");
    }

    private void FailRun(string reason, bool numerical = false)
    {
        if (_failed)
            return;
        _failed = true;
        _effects.Add(new Fail(reason, numerical));
    }

    private void Notify(string text) => _effects.Add(new Notice(text));

    private int[] On(SupervisedNode node) =>
        [.. Enumerable.Range(0, _places.Length).Where(slice => ReferenceEquals(_places[slice].Node, node))];
}
