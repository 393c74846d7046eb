using Akka.Actor;
using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Actors;

/// <summary>
/// Whom a slice speaks to. Within a node mail costs nothing and is told at once; on the way to another one only so much is
/// under way. It outlives a restart of the actor, as the counts of what was sent do.
/// </summary>
internal sealed class Outlets
{
    private readonly int[] _hearers;
    private readonly IActorRef[] _targets;
    private readonly bool[] _elsewhere;
    private readonly Outlet[] _outlets;

    internal Outlets(NetworkPlan network, SlicePlan slice)
    {
        _hearers = Introduction.HearersOf(network, slice);
        _targets = [.. _hearers.Select(_ => ActorRefs.Nobody)];
        _elsewhere = new bool[_hearers.Length];
        _outlets = [.. _hearers.Select(_ => new Outlet(_ => { }))];
    }

    /// <summary>Takes the targets as they are now; a way to one that has not changed stays as it is.</summary>
    internal void Meet(IReadOnlyList<IActorRef> targets)
    {
        for (int place = 0; place < _targets.Length; place++)
        {
            IActorRef target = targets[place];
            if (target.Equals(_targets[place]))
                continue;
            _targets[place] = target;
            _elsewhere[place] = IsElsewhere(target);
            _outlets[place].Turn(message => target.Tell(message));
        }
    }

    internal void Send(ActivityMessage message)
    {
        for (int place = 0; place < _targets.Length; place++)
        {
            if (_elsewhere[place])
                _outlets[place].Send(message);
            else
                _targets[place].Tell(message);
        }
    }

    internal void Send(RestReport report)
    {
        for (int place = 0; place < _targets.Length; place++)
        {
            if (_elsewhere[place])
                _outlets[place].Send(report);
            else
                _targets[place].Tell(report);
        }
    }

    internal void Take(Credit credit)
    {
        int place = Array.IndexOf(_hearers, credit.Slice);
        if (place >= 0)
            _outlets[place].Credit(credit.Heard);
    }

    internal void KeepAlive()
    {
        foreach (Outlet outlet in _outlets)
            outlet.KeepAlive();
    }

    /// <summary>The slice's life ends: what waits is not sent any more.</summary>
    internal void End()
    {
        foreach (Outlet outlet in _outlets)
            outlet.Abandon();
    }

    /// <summary>Those that have anything to say.</summary>
    internal IReadOnlyList<OutletBooks> Books() =>
    [
        .. _outlets.Select((outlet, place) => new OutletBooks(_hearers[place], outlet.Conflated, outlet.Waits))
            .Where(books => books.Conflated > 0 || books.Waits),
    ];

    /// <summary>Actors of the own node have no host in their address, however they were found.</summary>
    internal static bool IsElsewhere(IActorRef actor) => actor.Path.Address.Host is not null;
}
