using Nudge.Actors;
using Nudge.Links;
using Nudge.Messages;
using static Nudge.Supervision.SupervisorEffect;

namespace Nudge.Supervision;

/// <content>
/// Freezing, counters, and nodes that leave in order: coordinator and slices stop for a moment, so that nothing is under way
/// while slices change nodes, and nothing is lost. Rounds have numbers, so that no answer to an earlier one counts for a later.
/// </content>
internal sealed partial class RunSupervisor
{
    private static readonly TimeSpan CountAgainEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);
    // A starved machine may hold a message back for longer than one would think.
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(3);
    private readonly List<long> _freezers = [];
    private readonly List<long> _counterAskers = [];
    private readonly List<long> _waitForEnd = [];
    private IReadOnlyList<LedgerEntry> _lastBalance = [];
    private TimeSpan _alikeSince;
    private TimeSpan? _pollAt;
    private long _freezeRound;
    private long _coordinatorRound;
    private long _countersRound;
    private long _countedFrom;
    private TimeSpan _countAgainAt;
    private bool _counting;
    private bool _frozenByEngine;
    private bool _slicesFrozen;
    private bool _orderedFrozen;
    private bool _freezing;
    private bool _ending;

    private IEnumerable<SupervisedNode> Leavers => _nodes.Values.Where(node => node.Leaving && On(node).Any(slice => _places[slice].IsUp));

    private void BeginFreeze()
    {
        _slicesFrozen = _frozenByEngine || Leavers.Any() || Array.Exists(_places, place => place.HandedOver);
        _freezeRound++;
        _freezing = true;
        _pollAt = null;
        // The coordinator first: no slice stops or goes on before it.
        _effects.Add(new ToCoordinator(new Freeze(_slicesFrozen) { Round = _freezeRound }));
    }

    private void EndFreezeIfOver()
    {
        if (!_freezing || _coordinatorRound != _freezeRound || !Array.TrueForAll(_places, place => place.IsUp && place.FreezeRound >= _freezeRound))
            return;
        _freezing = false;
        foreach (long request in _freezers)
            _effects.Add(new Answer(request));
        _freezers.Clear();
        if (!_slicesFrozen || !Leavers.Any())
            return;
        _lastBalance = [];
        _alikeSince = _now;
        BeginCount();
    }

    private void BeginCount()
    {
        if (_counting)
            return;
        _counting = true;
        _countedFrom = _countersRound + 1;
        AskForCounters();
    }

    // An answer that was lost is asked for again; those that have come stand.
    private void AskForCounters()
    {
        _countersRound++;
        _countAgainAt = _now + CountAgainEvery;
        OrderAll();
    }

    private void Take(SupervisedNode node, SliceCounted counted)
    {
        int slice = counted.Counters.Slice;
        if (!Knows(slice) || !IsAt(slice, node, counted.Attempt))
            return;
        SupervisedPlace place = _places[slice];
        if (counted.Ended)
        {
            TakeOver(slice, node, counted.Counters);
            return;
        }

        if (!place.IsUp || counted.Counters.Incarnation != place.Incarnation)
            return;
        place.Counters = counted.Counters;
        place.CountersAt = _now;
        place.CountersRound = Math.Max(place.CountersRound, counted.Round);
        EndCountIfOver();
    }

    private void EndCountIfOver()
    {
        if (!_counting || !Array.TrueForAll(_places, place => place.IsUp && place.CountersRound >= _countedFrom))
            return;
        _counting = false;
        foreach (long request in _counterAskers)
            _effects.Add(new Answer(request));
        _counterAskers.Clear();
        if (_slicesFrozen && !_freezing && Leavers.Any())
            HandOverIfQuiet();
    }

    /// <summary>Nothing is under way when all is accounted for, or, after a node was lost, when the counts no longer change.</summary>
    private void HandOverIfQuiet()
    {
        IReadOnlyList<LedgerEntry> balance = _run.Balance([.. Present, .. _ended]);
        if (!balance.SequenceEqual(_lastBalance))
            _alikeSince = _now;
        _lastBalance = balance;
        if (!balance.All(entry => entry.Unaccounted == 0) && _now - _alikeSince < QuietFor)
        {
            _pollAt = _now + PollEvery;
            return;
        }

        foreach (SupervisedNode node in Leavers)
        {
            node.HandOver = true;
            node.OrdersDue = true;
        }
    }

    private void PollIfDue()
    {
        if (_counting && _now >= _countAgainAt)
            AskForCounters();
        if (_now < _pollAt)
            return;
        if (_pollAt is not null)
            BeginCount();
        _pollAt = null;
    }

    private void Retire(SupervisedNode node)
    {
        if (node.Leaving)
            return;
        node.Leaving = true;
        // Before the run has begun nothing is under way.
        if (_begun && On(node).Any(slice => _places[slice].IsUp))
            BeginFreeze();
        else
            node.HandOver = true;
        node.OrdersDue = true;
    }

    private void TakeOver(int slice, SupervisedNode node, SliceCounters counters)
    {
        SupervisedPlace place = _places[slice];
        place.Departed ??= (node.Name, LeaveOf(node), place.CountersAt);
        _ended.Add(counters);
        place.HandedOver = true;
        Unassign(slice);
        EndIfOver();
        RenewUnreachable();
        GoOnIfMoved();
        if (_begun && !_run.KeepsSlices && !_ending)
            FailRun($"{LeaveOf(node)}, and with it {_run.Slices[slice].Name}: its nodes have no store (nudge node --store)");
    }

    /// <summary>Lets the network go on once all slices of those that leave have started elsewhere.</summary>
    private void GoOnIfMoved()
    {
        EndCountIfOver();
        if (_slicesFrozen && !_freezing && !_frozenByEngine && !_ending && AllUp && !Leavers.Any())
            BeginFreeze();
    }

    private void EndRun(long request)
    {
        _ending = true;
        _waitForEnd.Add(request);
        // What was never ordered has nothing to end.
        for (int slice = 0; slice < _places.Length; slice++)
        {
            if (_places[slice] is { State: PlaceState.Assigned, OrderedBy: 0 })
                Unassign(slice);
        }

        OrderAll();
        EndIfOver();
    }

    private void EndIfOver()
    {
        if (!_ending || _waitForEnd.Count == 0 || Array.Exists(_places, place => place.State != PlaceState.Unplaced))
            return;
        foreach (long request in _waitForEnd)
            _effects.Add(new Answer(request));
        _waitForEnd.Clear();
    }
}
