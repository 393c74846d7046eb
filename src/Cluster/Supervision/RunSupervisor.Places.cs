using Nudge.Actors;
using Nudge.Messages;
using static Nudge.Supervision.SupervisorEffect;

namespace Nudge.Supervision;

/// <content>Which node hosts which slice, and what becomes of slices when nodes come and go.</content>
internal sealed partial class RunSupervisor
{
    internal const string RemovedReason = "the nodes have removed this coordinator from the cluster, since they received nothing "
        + "from it; nudge run --resume goes on from what was saved";

    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(5);
    private int[] _unreachable = [];
    private TimeSpan _toldUnreachableAt;
    private TimeSpan _tickedAt;
    private int _unplaced;
    private TimeSpan? _noNodeSince;
    private bool _directoryDue;

    private static string LossOf(SupervisedNode node) => $"node {node.Name} was lost";

    private static string LeaveOf(SupervisedNode node) => $"node {node.Name} left";

    private void Take(SupervisedNode node, HostingReport report)
    {
        if (report.Number < node.Reported)
            return;
        node.Reported = report.Number;
        node.ReportedAt = _now;
        node.DirectoryVersion = report.DirectoryVersion;
        if (report.Manager != node.Manager)
            ChangeManager(node, report.Manager);
        if (report.Leaving)
            Retire(node);
        var known = new HashSet<int>();
        foreach (HostedReport hosted in report.Slices)
        {
            if (!Knows(hosted.Slice) || !IsAt(hosted.Slice, node, hosted.Attempt))
                continue;
            known.Add(hosted.Slice);
            Take(hosted);
        }

        foreach (int slice in On(node))
        {
            SupervisedPlace place = _places[slice];
            if (!known.Contains(slice) && place.OrderedBy > 0 && place.OrderedBy <= report.Number)
                Lose(slice, node.Leaving ? LeaveOf(node) : $"node {node.Name} no longer has it");
        }

        RenewUnreachable();
        BeginIfAllUp();
        EndFreezeIfOver();
        GoOnIfMoved();
    }

    /// <summary>Another manager has other actors, whatever they are assigned to.</summary>
    private void ChangeManager(SupervisedNode node, string manager)
    {
        foreach (int slice in On(node).Where(slice => _places[slice].IsUp))
            Lose(slice, $"node {node.Name} no longer has it");
        node.Manager = manager;
        // Orders to a node that no longer has the experiment must bring it.
        node.OrdersDue = true;
    }

    private void Take(HostedReport hosted)
    {
        SupervisedPlace place = _places[hosted.Slice];
        for (; place.Faults < hosted.Faults; place.Faults++)
            _effects.Add(new Faulted());
        switch (hosted.State)
        {
            case HostedState.Gone when hosted.Fatal:
                FailRun(hosted.Reason, numerical: true);
                break;
            case HostedState.Gone:
                _effects.Add(new Faulted());
                Lose(hosted.Slice, hosted.Reason);
                break;
            case HostedState.Up when place.State == PlaceState.Assigned:
                Rise(hosted);
                place.FreezeRound = hosted.FreezeRound;
                break;
            case HostedState.Up:
                place.FreezeRound = hosted.FreezeRound;
                break;
            default:
                break;
        }
    }

    /// <summary>Whether there is a slice of this index; other machines may send anything.</summary>
    private bool Knows(int slice) => slice >= 0 && slice < _places.Length;

    private bool IsAt(int slice, SupervisedNode node, int attempt) =>
        ReferenceEquals(_places[slice].Node, node) && _places[slice].Attempt == attempt;

    private void Rise(HostedReport hosted)
    {
        SupervisedPlace place = _places[hosted.Slice];
        place.State = PlaceState.Up;
        place.HandedOver = false;
        place.UpAt = _now;
        place.Incarnation = hosted.Incarnation;
        place.Counters = new(hosted.Slice, 0, 0, 0, default, 0, new(), [], []) { Incarnation = hosted.Incarnation };
        place.CountersAt = _now;
        place.CountersRound = 0;
        if (!_begun)
            return;
        ChangeDirectory();
        place.Node!.OrdersDue |= _countersRound > 0;
        _effects.Add(new SliceStarted(hosted.Slice, PathOf(hosted.Slice)));
        if (place.Departed is not { } departed)
            return;
        place.Departed = null;
        var move = new SliceMove(
            _run.Slices[hosted.Slice].Name,
            departed.From,
            place.Node.Name,
            departed.Cause,
            hosted.Incarnation,
            hosted.Generation,
            (_now - departed.LastKnown).TotalSeconds);
        _effects.Add(new Moved(move));
    }

    private void BeginIfAllUp()
    {
        // What a leaver still has would begin there and end.
        if (_waitForActors.Count == 0 || (!_begun && (!AllUp || Leavers.Any())))
            return;
        if (!_begun)
        {
            _begun = true;
            foreach (SupervisedPlace place in _places)
                place.Departed = null;
            ChangeDirectory();
            OrderAll();
        }

        foreach (long request in _waitForActors)
            _effects.Add(new Answer(request));
        _waitForActors.Clear();
    }

    private void ChangeDirectory()
    {
        // Many slices of one report change it once.
        if (_directoryDue)
            return;
        _directory++;
        _directoryDue = true;
    }

    private void Arrive(SupervisorEvent.NodeUp up)
    {
        if (_nodes.TryGetValue(up.Node, out SupervisedNode? known))
        {
            if (known.Process is null || known.Process == up.Process)
            {
                known.Process = up.Process;
                return;
            }

            Depart(known, LossOf(known));
        }

        _nodes[up.Node] = new(up.Node, up.Keeps, _now) { Process = up.Process };
        if (_run.KeepsSlices && !up.Keeps)
            Notify($"node {up.Node} has joined without a store (nudge node --store), so it hosts nothing of this run");
    }

    private void Depart(SupervisedNode node, string cause)
    {
        _nodes.Remove(node.Name);
        foreach (int slice in On(node))
            Lose(slice, cause);
        RenewUnreachable();
        GoOnIfMoved();
    }

    /// <summary>Nodes that have not reported for long, though membership reaches them.</summary>
    private void LookAtNodes()
    {
        // A supervisor that stood still has yet to take what came meanwhile.
        bool stood = _now - _tickedAt > SliceManager.StoodStill;
        _tickedAt = _now;
        foreach (SupervisedNode node in _nodes.Values)
        {
            if (_epoch == 0 || stood)
                node.ReportedAt = _now;
            TimeSpan silent = _now - node.ReportedAt;
            if (silent < LostAfter)
                continue;
            // A large slice takes long to make, and its node answers nothing meanwhile.
            TimeSpan limit = !_ending && Array.Exists(On(node), slice => !_places[slice].IsUp) ? StartWithin : LostAfter;
            if (silent < limit)
                continue;
            foreach (int slice in On(node))
                Lose(slice, $"node {node.Name} has not reported for {limit.TotalSeconds:0} s");
            node.Manager = "";
        }

        RenewUnreachable();
        EndIfOver();
    }

    private bool IsReached(SupervisedNode node) => node.Reachable && _now - node.ReportedAt < UnreachableAfter;

    private bool IsUsable(SupervisedNode node) =>
        IsReached(node) && !node.Leaving && node.Refusal.Length == 0 && (node.Keeps || !_run.KeepsSlices);

    /// <summary>Those that cannot be reached stay where they are, since they may come back, but none waits for them.</summary>
    private void RenewUnreachable()
    {
        if (!_begun)
            return;
        int[] unreachable =
        [
            .. Enumerable.Range(0, _places.Length)
                .Where(slice => _places[slice] is not { IsUp: true } place || !IsReached(place.Node!)),
        ];
        bool more = unreachable.Except(_unreachable).Any();
        _unreachable = unreachable;
        // What was under way from a slice that is gone makes it seem reachable again, so it is told again, as to the nodes with each order.
        if (!more && (_ending || unreachable.Length == 0 || _now - _toldUnreachableAt < OrderEvery))
            return;
        _toldUnreachableAt = _now;
        _effects.Add(new ToCoordinator(new UnreachableSlices(unreachable)));
        if (more)
            OrderAll();
    }
}
