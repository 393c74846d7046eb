using Nudge.Actors;
using Nudge.Messages;
using static Nudge.Supervision.SupervisorEffect;

namespace Nudge.Supervision;

/// <content>Which node hosts which slice, and what becomes of slices when nodes come and go.</content>
internal sealed partial class RunSupervisor
{
    /// <summary>Starts in succession that a slice may fail before it fails its run.</summary>
    internal const int FailedStartsAtMost = 3;

    internal const string RemovedReason = "the nodes have removed this coordinator from the cluster, since they received nothing "
        + "from it; nudge run --resume goes on from what was saved";

    // One that has run so long does not owe its end to its start.
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
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

    private void Assign(int slice, SupervisedNode node)
    {
        SupervisedPlace place = _places[slice];
        if (place.Attempt > 0)
            _unplaced--;
        place.State = PlaceState.Assigned;
        place.Node = node;
        place.Attempt++;
        place.OrderedBy = 0;
        place.Faults = 0;
        place.FreezeRound = 0;
        node.Load += _run.Slices[slice].Cost;
        node.OrdersDue = true;
    }

    private void Unassign(int slice)
    {
        SupervisedPlace place = _places[slice];
        if (place.Node is { } node)
        {
            node.Load -= _run.Slices[slice].Cost;
            node.OrdersDue = true;
        }

        if (place.IsUp && _begun)
            ChangeDirectory();
        if (place.State != PlaceState.Unplaced)
            _unplaced++;
        place.Counters = null;
        place.Node = null;
        place.State = PlaceState.Unplaced;
    }

    /// <summary>An assignment was cut short: what its incarnation last reported is all that is known of it.</summary>
    private void Lose(int slice, string cause)
    {
        SupervisedPlace place = _places[slice];
        // An incarnation that failed to begin is not where the slice was lost.
        place.Departed ??= (place.Node!.Name, cause, place.IsUp ? place.CountersAt : _now);
        if (place.Counters is { } last)
            _ended.Add(WithoutMessages(last));
        bool failedStart = !place.IsUp && place.Node is { Leaving: false, Refusal.Length: 0 };
        Unassign(slice);
        if (_ending)
        {
            EndIfOver();
            return;
        }

        if (_begun && !_run.KeepsSlices)
        {
            FailRun($"{cause}, and with it {_run.Slices[slice].Name}: its nodes have no store (nudge node --store)");
            return;
        }

        place.FailedStarts += failedStart ? 1 : 0;
        if (place.FailedStarts >= FailedStartsAtMost)
            FailRun($"{_run.Slices[slice].Name} does not start, and was tried {place.FailedStarts} times: {cause}");
        double pause = FirstPause.TotalSeconds * Math.Pow(2, Math.Max(0, place.FailedStarts - 1));
        place.NotBefore = failedStart ? _now + TimeSpan.FromSeconds(Math.Min(pause, LongestPause.TotalSeconds)) : _now;
    }

    private void ForgiveStarts()
    {
        foreach (SupervisedPlace place in _places)
        {
            if (place.IsUp && place.FailedStarts > 0 && _now - place.UpAt >= StableAfter)
                place.FailedStarts = 0;
        }
    }

    /// <summary>The costliest first, each to the node with the least to do.</summary>
    private void PlaceUnplaced()
    {
        if (_unplaced == 0)
            _noNodeSince = null;
        if (_failed || _ending || _unplaced == 0)
            return;
        int[] unplaced = [.. Enumerable.Range(0, _places.Length).Where(slice => _places[slice].State == PlaceState.Unplaced)];
        SupervisedNode[] usable = [.. _nodes.Values.Where(IsUsable)];
        if (usable.Length > 0)
            _noNodeSince = null;
        else
            _noNodeSince ??= _now;
        if (_now - _noNodeSince >= NodeWithin)
        {
            FailRun($"no node came within {NodeWithin.TotalSeconds:0} s to host "
                + string.Join(", ", unplaced.Select(slice => _run.Slices[slice].Name)));
        }

        foreach (int slice in unplaced.OrderByDescending(slice => _run.Slices[slice].Cost))
        {
            if (_places[slice].NotBefore <= _now && Lightest(usable, slice) is { } node)
                Assign(slice, node);
        }
    }

    /// <summary>
    /// A slice that has failed to start before may be what ended its node: it starts on a node on which nothing else is starting, so that
    /// it takes no other slice for a suspect with it.
    /// </summary>
    private SupervisedNode? Lightest(SupervisedNode[] usable, int slice)
    {
        bool suspect = IsSuspect(slice);
        return usable
            .Where(node => !On(node).Any(other => _places[other].State == PlaceState.Assigned && (suspect || IsSuspect(other))))
            .OrderBy(node => node.Load)
            .ThenBy(node => node.Name, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private bool IsSuspect(int slice) => _places[slice].FailedStarts >= FailedStartsAtMost - 1;

    /// <summary>What waited at a lost slice is no longer under way; how much of it was received is unknown.</summary>
    private static SliceCounters WithoutMessages(SliceCounters counters) => counters with
    {
        Received = [.. counters.Received.Select(link => link with { InFlight = 0 })],
        Control = [.. counters.Control.Select(channel => channel with { InFlight = 0 })],
        SendWindows = [.. counters.SendWindows.Select(window => window with { Waits = false })],
    };
}
