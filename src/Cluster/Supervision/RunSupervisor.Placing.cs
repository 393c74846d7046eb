using Nudge.Actors;

namespace Nudge.Supervision;

/// <content>Which node hosts which slice: assignments, what becomes of those that are lost, and starts that fail.</content>
internal sealed partial class RunSupervisor
{
    /// <summary>Starts in succession that a slice may fail before it fails its run.</summary>
    internal const int FailedStartsAtMost = 3;

    // One that has run so long does not owe its end to its start.
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

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
