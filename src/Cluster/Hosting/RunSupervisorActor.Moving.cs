using System.Diagnostics;
using Akka.Actor;
using Nudge.Actors;
using Nudge.Links;
using Nudge.Messages;

namespace Nudge.Hosting;

/// <content>
/// Freezing, counters, and nodes that leave in order: coordinator and slices stop for a moment, so that nothing is under way
/// while slices change nodes, and nothing is lost.
/// </content>
internal sealed partial class RunSupervisorActor
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    // A starved machine may hold a message back for longer than one would think.
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(3);
    private readonly HashSet<Address> _retiring = [];
    private readonly List<(IActorRef Asker, object Answer)> _freezers = [];
    private readonly List<IActorRef> _counterAskers = [];
    private readonly List<IActorRef> _leavers = [];
    private IActorRef? _waitForEnd;
    private SliceRound? _freezeRound;
    private SliceRound? _countersRound;
    private List<LedgerEntry> _lastBalance = [];
    private long _alikeSince;
    private bool _frozen;
    private bool _frozenByEngine;

    private sealed record CheckMove;

    private void OnMoving(object message)
    {
        switch (message)
        {
            case FreezeAll freeze:
                _frozenByEngine = freeze.Frozen;
                _freezers.Add((Sender, freeze));
                SetFrozen(freeze.Frozen || _leavers.Count > 0);
                break;
            case Freeze { Slice: < 0 }:
                // The coordinator has stopped or gone on; now the slices do.
                _freezeRound = new(ReportFrozen, _registry.Places, OnFrozen);
                break;
            case Freeze freeze when freeze.Frozen == _frozen:
                _freezeRound?.Answered(freeze.Slice);
                break;
            case Freeze:
                break;
            case AskRunCounters { Fresh: false }:
                Sender.Tell(Counters());
                break;
            case AskRunCounters:
                _counterAskers.Add(Sender);
                AskCounters();
                break;
            case SliceManagerEnds:
                Retire(Sender);
                break;
            case CheckMove:
                AskCounters();
                break;
            case HandedOver handed:
                TakeOver(handed.Counters);
                break;
            case EndRun:
                _waitForEnd = Sender;
                NotifySliceManagers(new HandOver());
                ReportIfEnded();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Retire(IActorRef manager)
    {
        _retiring.Add(manager.Path.Address);
        // Before the run has begun nothing is under way.
        if (!_begun || _registry.KeptBy(manager).Count == 0)
        {
            manager.Tell(new HandOver());
            return;
        }

        _leavers.Add(manager);
        SetFrozen(true);
    }

    private RunCounters Counters() => new([.. _registry.Present], [.. _registry.Ended]);

    private void SetFrozen(bool frozen)
    {
        _frozen = frozen;
        _freezeRound = null;
        _coordinator.Tell(new Freeze(frozen));
    }

    /// <summary>By way of its manager, after its list of neighbours: it never goes on with absent ones.</summary>
    private void ReportFrozen(int slice, SliceRegistry.Place place) =>
        place.SliceManager.Tell(new Freeze(_frozen) { Slice = slice });

    private void OnFrozen()
    {
        foreach ((IActorRef asker, object answer) in _freezers)
            asker.Tell(answer);
        _freezers.Clear();
        if (_leavers.Count == 0 || !_frozen)
            return;
        _lastBalance = [];
        AskCounters();
    }

    private void AskCounters() => _countersRound ??= new(
        (_, place) => place.Actor.Tell(new AskCounters()), _registry.Places, OnCounters);

    private void OnCounters()
    {
        _countersRound = null;
        foreach (IActorRef asker in _counterAskers)
            asker.Tell(Counters());
        _counterAskers.Clear();
        if (_leavers.Count > 0 && _frozen)
            HandOverIfQuiet();
    }

    /// <summary>Nothing is under way when all is accounted for, or, after a node was lost, when the counts no longer change.</summary>
    private void HandOverIfQuiet()
    {
        List<LedgerEntry> balance = ActorLedger.CloseActivity(_launch.Network, [.. _registry.Present, .. _registry.Ended]);
        if (!balance.SequenceEqual(_lastBalance))
            _alikeSince = Stopwatch.GetTimestamp();
        _lastBalance = balance;
        if (!balance.TrueForAll(entry => entry.Unaccounted == 0) && Stopwatch.GetElapsedTime(_alikeSince) < QuietFor)
        {
            Timers.StartSingleTimer("look again", new CheckMove(), PollInterval);
            return;
        }

        foreach (IActorRef manager in _leavers)
            manager.Tell(new HandOver());
    }

    private void TakeOver(SliceCounters counters)
    {
        SliceRegistry.Place place = _registry.Places[counters.Slice];
        if (!place.IsUp || place.Incarnation != counters.Incarnation)
            return;
        Address node = place.Node!;
        Remember(counters.Slice, node, LeaveOf(node));
        _registry.End(counters);
        if (_waitForEnd is not null)
            ReportIfEnded();
        else
            PlaceSlices([counters.Slice], LeaveOf(node));
    }

    private void ReportIfEnded()
    {
        if (_registry.Places.All(place => !place.IsUp))
            _waitForEnd?.Tell(new EndRun());
    }

    /// <summary>Lets the network go on once all slices of those that leave have started elsewhere.</summary>
    private void GoOnIfMoved()
    {
        _leavers.RemoveAll(manager => _registry.KeptBy(manager).Count == 0);
        if (_leavers.Count == 0 && _registry.AllUp && _frozen && !_frozenByEngine)
            SetFrozen(false);
    }
}
