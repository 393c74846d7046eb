using System.Diagnostics;
using Akka.Actor;
using Nudge.Actors;
using Nudge.Links;
using Nudge.Messages;

namespace Nudge.Hosting;

/// <content>
/// Freezing, books, and nodes that leave in order: coordinator and slices stop for a moment, so that nothing is under way
/// while slices change nodes, and nothing is lost.
/// </content>
internal sealed partial class DirectorActor
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    // A starved machine may hold a message back for longer than one would think.
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(3);
    private readonly HashSet<Address> _retiring = [];
    private readonly List<(IActorRef Asker, object Answer)> _freezers = [];
    private readonly List<IActorRef> _bookAskers = [];
    private readonly List<IActorRef> _leavers = [];
    private IActorRef? _waitForEnd;
    private SliceRound? _freezeRound;
    private SliceRound? _booksRound;
    private List<LedgerEntry> _lastBalance = [];
    private long _alikeSince;
    private bool _frozen;
    private bool _frozenByEngine;

    private sealed record LookAgain;

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
                _freezeRound = new(TellFrozen, _registry.Places, OnFrozen);
                break;
            case Freeze freeze when freeze.Frozen == _frozen:
                _freezeRound?.Answered(freeze.Slice);
                break;
            case Freeze:
                break;
            case AskRunBooks { Fresh: false }:
                Sender.Tell(Books());
                break;
            case AskRunBooks:
                _bookAskers.Add(Sender);
                AskBooks();
                break;
            case KeeperRetires:
                Retire(Sender);
                break;
            case LookAgain:
                AskBooks();
                break;
            case HandedOver handed:
                TakeOver(handed.Books);
                break;
            case EndRun:
                _waitForEnd = Sender;
                TellKeepers(new HandOver());
                SayIfEnded();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Retire(IActorRef keeper)
    {
        _retiring.Add(keeper.Path.Address);
        if (_registry.KeptBy(keeper).Count == 0)
        {
            keeper.Tell(new HandOver());
            return;
        }

        _leavers.Add(keeper);
        SetFrozen(true);
    }

    private RunBooks Books() => new([.. _registry.Present], [.. _registry.Ended]);

    private void SetFrozen(bool frozen)
    {
        _frozen = frozen;
        _freezeRound = null;
        _coordinator.Tell(new Freeze(frozen));
    }

    /// <summary>By way of its keeper: behind word of whom it speaks to, so that it never goes on with those who have left.</summary>
    private void TellFrozen(int slice, SliceRegistry.Place place) =>
        place.Keeper.Tell(new Freeze(_frozen) { Slice = slice });

    private void OnFrozen()
    {
        foreach ((IActorRef asker, object answer) in _freezers)
            asker.Tell(answer);
        _freezers.Clear();
        if (_leavers.Count == 0 || !_frozen)
            return;
        _lastBalance = [];
        AskBooks();
    }

    private void AskBooks() => _booksRound ??= new(
        (_, place) => place.Actor.Tell(new AskBooks()), _registry.Places, OnBooks);

    private void OnBooks()
    {
        _booksRound = null;
        foreach (IActorRef asker in _bookAskers)
            asker.Tell(Books());
        _bookAskers.Clear();
        if (_leavers.Count > 0 && _frozen)
            HandOverIfQuiet();
    }

    /// <summary>Nothing is under way when all is accounted for, or, after a node was lost, when the counts no longer change.</summary>
    private void HandOverIfQuiet()
    {
        List<LedgerEntry> balance = ActorLedger.CloseActivity(_cast.Network, [.. _registry.Present, .. _registry.Ended]);
        if (!balance.SequenceEqual(_lastBalance))
            _alikeSince = Stopwatch.GetTimestamp();
        _lastBalance = balance;
        if (!balance.TrueForAll(entry => entry.Unaccounted == 0) && Stopwatch.GetElapsedTime(_alikeSince) < QuietFor)
        {
            Timers.StartSingleTimer("look again", new LookAgain(), Glance);
            return;
        }

        foreach (IActorRef keeper in _leavers)
            keeper.Tell(new HandOver());
    }

    private void TakeOver(SliceBooks books)
    {
        SliceRegistry.Place place = _registry.Places[books.Slice];
        if (!place.IsUp || place.Incarnation != books.Incarnation)
            return;
        Address node = place.Node!;
        Remember(books.Slice, node, LeaveOf(node));
        _registry.End(books);
        if (_waitForEnd is not null)
            SayIfEnded();
        else
            House([books.Slice], LeaveOf(node));
    }

    private void SayIfEnded()
    {
        if (_registry.Places.All(place => !place.IsUp))
            _waitForEnd?.Tell(new EndRun());
    }

    /// <summary>Lets the network go on once all slices of those that leave have come to life elsewhere.</summary>
    private void GoOnIfMoved()
    {
        _leavers.RemoveAll(keeper => _registry.KeptBy(keeper).Count == 0);
        if (_leavers.Count == 0 && _registry.AllUp && _frozen && !_frozenByEngine)
            SetFrozen(false);
    }
}
