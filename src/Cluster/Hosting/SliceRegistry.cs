using Akka.Actor;
using Nudge.Actors;
using Nudge.Messages;
using Nudge.Networks;
using Nudge.Placement;

namespace Nudge.Hosting;

/// <summary>Where each slice of a run is, and what its incarnations counted. Sends nothing, reads no clock.</summary>
internal sealed class SliceRegistry
{
    private readonly NetworkPlan _network;
    private readonly Place[] _places;
    private readonly SliceCounters?[] _counters;
    private readonly List<SliceCounters> _ended = [];
    private readonly Dictionary<Address, long> _loads = [];
    private int _up;

    internal SliceRegistry(NetworkPlan network)
    {
        _network = network;
        _places = [.. network.Slices.Select(_ => Place.None)];
        _counters = new SliceCounters?[_places.Length];
    }

    /// <summary>One slice's place.</summary>
    /// <param name="Node">The node that was asked to host it, or null.</param>
    /// <param name="Actor">Its actor while it is up.</param>
    /// <param name="SliceManager">The actor that keeps it.</param>
    /// <param name="Incarnation">Its incarnation.</param>
    /// <param name="IsUp">Whether it runs, as far as is known.</param>
    internal sealed record Place(Address? Node, IActorRef Actor, IActorRef SliceManager, int Incarnation, bool IsUp)
    {
        internal static Place None { get; } = new(null, ActorRefs.Nobody, ActorRefs.Nobody, -1, false);
    }

    internal bool AllUp => _up == _places.Length;

    internal IReadOnlyList<Place> Places => _places;

    /// <summary>What is known of the present incarnations; one that has not reported yet has counted nothing.</summary>
    internal IReadOnlyList<SliceCounters> Present => [.. _counters.OfType<SliceCounters>()];

    internal IReadOnlyList<SliceCounters> Ended => _ended;

    internal void Assign(int slice, Address node) => Replace(slice, Place.None with
    {
        Node = node,
        Incarnation = _places[slice].Incarnation,
    });

    /// <summary>A slice has started; false for an incarnation that was given up already.</summary>
    internal bool Rise(SliceUp up, IActorRef actor, IActorRef manager)
    {
        Place place = _places[up.Slice];
        if (place.IsUp || up.Incarnation < place.Incarnation || !actor.Path.Address.Equals(place.Node))
            return false;
        Replace(up.Slice, place with { Actor = actor, SliceManager = manager, Incarnation = up.Incarnation, IsUp = true });
        _counters[up.Slice] = Empty(up);
        return true;
    }

    /// <summary>Slices that a node hosts, or was asked to.</summary>
    internal IReadOnlyList<int> On(Address node) =>
        [.. Enumerable.Range(0, _places.Length).Where(slice => node.Equals(_places[slice].Node))];

    /// <summary>Slices that are up and kept by an actor.</summary>
    internal IReadOnlyList<int> KeptBy(IActorRef manager) =>
        [.. Enumerable.Range(0, _places.Length).Where(slice => _places[slice].IsUp && _places[slice].SliceManager.Equals(manager))];

    /// <summary>Whether there is a slice of this index; other machines may send anything.</summary>
    internal bool Knows(int slice) => slice >= 0 && slice < _places.Length;

    /// <summary>Takes a report; one of an earlier incarnation comes too late to count.</summary>
    internal void Report(SliceCounters counters)
    {
        if (_counters[counters.Slice] is { } known && known.Incarnation == counters.Incarnation)
            _counters[counters.Slice] = counters;
    }

    /// <summary>An incarnation was cut short: what it last reported is all that is known of it.</summary>
    internal void Lose(int slice)
    {
        if (_counters[slice] is { } last)
            _ended.Add(WithoutMessages(last));
        GiveUp(slice);
    }

    /// <summary>An incarnation has ended in order, with its counters closed.</summary>
    internal void End(SliceCounters counters)
    {
        _ended.Add(counters);
        GiveUp(counters.Slice);
    }

    /// <summary>The node with the least to do among some, for an unplaced slice.</summary>
    internal Address? Lightest(IReadOnlyCollection<Address> nodes) => nodes.Count == 0
        ? null
        : nodes.OrderBy(node => _loads.GetValueOrDefault(node)).ThenBy(Workers.Name, StringComparer.Ordinal).First();

    private static SliceCounters Empty(SliceUp up) =>
        new(up.Slice, 0, 0, 0, default, 0, new(), [], []) { Incarnation = up.Incarnation };

    /// <summary>What waited at a lost slice is no longer under way; how much of it was received is unknown.</summary>
    private static SliceCounters WithoutMessages(SliceCounters counters) => counters with
    {
        Received = [.. counters.Received.Select(link => link with { InFlight = 0 })],
        Control = [.. counters.Control.Select(channel => channel with { InFlight = 0 })],
        SendWindows = [.. counters.SendWindows.Select(window => window with { Waits = false })],
    };

    private void GiveUp(int slice)
    {
        _counters[slice] = null;
        Replace(slice, Place.None with { Incarnation = _places[slice].Incarnation });
    }

    private void Replace(int slice, Place place)
    {
        long cost = SliceCost.Of(_network, _network.Slices[slice]);
        if (_places[slice].Node is { } before)
            _loads[before] -= cost;
        if (place.Node is { } node)
            _loads[node] = _loads.GetValueOrDefault(node) + cost;
        _up += (place.IsUp ? 1 : 0) - (_places[slice].IsUp ? 1 : 0);
        _places[slice] = place;
    }
}
