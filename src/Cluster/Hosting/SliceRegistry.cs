using Akka.Actor;
using Nudge.Actors;
using Nudge.Messages;
using Nudge.Networks;
using Nudge.Placement;

namespace Nudge.Hosting;

/// <summary>Where each slice of a run lives, and what its lives counted. It sends nothing and knows no clock.</summary>
internal sealed class SliceRegistry
{
    private readonly NetworkPlan _network;
    private readonly Place[] _places;
    private readonly SliceBooks?[] _books;
    private readonly List<SliceBooks> _ended = [];

    internal SliceRegistry(NetworkPlan network)
    {
        _network = network;
        _places = [.. network.Slices.Select(_ => Place.None)];
        _books = new SliceBooks?[_places.Length];
    }

    /// <summary>One slice's place.</summary>
    /// <param name="Node">The node that was asked to host it, or null.</param>
    /// <param name="Actor">Its actor while it is alive.</param>
    /// <param name="Keeper">The actor that keeps it.</param>
    /// <param name="Incarnation">Its life.</param>
    /// <param name="IsUp">Whether it is alive, as far as is known.</param>
    internal sealed record Place(Address? Node, IActorRef Actor, IActorRef Keeper, int Incarnation, bool IsUp)
    {
        internal static Place None { get; } = new(null, ActorRefs.Nobody, ActorRefs.Nobody, -1, false);
    }

    internal bool AllUp => Array.TrueForAll(_places, place => place.IsUp);

    internal IReadOnlyList<Place> Places => _places;

    /// <summary>What is known of the present lives; a life that has not reported yet has counted nothing.</summary>
    internal IReadOnlyList<SliceBooks> Present => [.. _books.OfType<SliceBooks>()];

    internal IReadOnlyList<SliceBooks> Ended => _ended;

    internal void Assign(int slice, Address node) => _places[slice] = Place.None with
    {
        Node = node,
        Incarnation = _places[slice].Incarnation,
    };

    /// <summary>A slice has come to life; false for news of a life that was given up already.</summary>
    internal bool Rise(SliceUp up, IActorRef actor, IActorRef keeper)
    {
        Place place = _places[up.Slice];
        if (place.IsUp || up.Incarnation < place.Incarnation || !actor.Path.Address.Equals(place.Node))
            return false;
        _places[up.Slice] = place with { Actor = actor, Keeper = keeper, Incarnation = up.Incarnation, IsUp = true };
        _books[up.Slice] = Empty(up);
        return true;
    }

    /// <summary>Slices that a node hosts, or was asked to.</summary>
    internal IReadOnlyList<int> On(Address node) =>
        [.. Enumerable.Range(0, _places.Length).Where(slice => node.Equals(_places[slice].Node))];

    /// <summary>Slices that are alive and kept by an actor.</summary>
    internal IReadOnlyList<int> KeptBy(IActorRef keeper) =>
        [.. Enumerable.Range(0, _places.Length).Where(slice => _places[slice].IsUp && _places[slice].Keeper.Equals(keeper))];

    /// <summary>Whether there is a slice of this index; others may say anything.</summary>
    internal bool Knows(int slice) => slice >= 0 && slice < _places.Length;

    /// <summary>Takes a report; one of an earlier life comes too late to count.</summary>
    internal void Report(SliceBooks books)
    {
        if (_books[books.Slice] is { } known && known.Incarnation == books.Incarnation)
            _books[books.Slice] = books;
    }

    /// <summary>A life was cut short: what it last reported is all that it will ever say.</summary>
    internal void Lose(int slice)
    {
        if (_books[slice] is { } last)
            _ended.Add(WithoutMail(last));
        GiveUp(slice);
    }

    /// <summary>A life has ended in order, with its books closed.</summary>
    internal void End(SliceBooks books)
    {
        _ended.Add(books);
        GiveUp(books.Slice);
    }

    /// <summary>The node with the least to do among some, for a slice without a home.</summary>
    internal Address? Lightest(IReadOnlyCollection<Address> nodes) => nodes.Count == 0
        ? null
        : nodes.OrderBy(Load).ThenBy(Workers.Name, StringComparer.Ordinal).First();

    private static SliceBooks Empty(SliceUp up) =>
        new(up.Slice, 0, 0, 0, default, 0, new(), [], []) { Incarnation = up.Incarnation };

    /// <summary>What waited at a dead slice is under way no more; nobody knows how much of it was heard or sent.</summary>
    private static SliceBooks WithoutMail(SliceBooks books) => books with
    {
        Received = [.. books.Received.Select(link => link with { InFlight = 0 })],
        Control = [.. books.Control.Select(channel => channel with { InFlight = 0 })],
        Outlets = [.. books.Outlets.Select(outlet => outlet with { Waits = false })],
    };

    private void GiveUp(int slice)
    {
        _books[slice] = null;
        _places[slice] = Place.None with { Incarnation = _places[slice].Incarnation };
    }

    private long Load(Address node) => On(node).Sum(slice => SliceCost.Of(_network, _network.Slices[slice]));
}
