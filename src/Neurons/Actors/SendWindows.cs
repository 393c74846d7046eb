using Akka.Actor;
using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Actors;

/// <summary>
/// Where a slice sends to. Within a node a message costs nothing and is sent at once; to another node only so many are
/// under way. It survives a restart of the actor, as the counts of what was sent do.
/// </summary>
internal sealed class SendWindows
{
    private readonly int[] _targetSlices;
    private readonly IActorRef[] _targets;
    private readonly bool[] _elsewhere;
    private readonly SendWindow[] _windows;

    internal SendWindows(NetworkPlan network, SlicePlan slice)
    {
        _targetSlices = Neighbours.TargetsOf(network, slice);
        _targets = [.. _targetSlices.Select(_ => ActorRefs.Nobody)];
        _elsewhere = new bool[_targetSlices.Length];
        _windows = [.. _targetSlices.Select(_ => new SendWindow(_ => { }))];
    }

    /// <summary>Takes the targets as they are now; a way to one that has not changed stays as it is.</summary>
    internal void SetTargets(IReadOnlyList<IActorRef> targets)
    {
        for (int place = 0; place < _targets.Length; place++)
        {
            IActorRef target = targets[place];
            if (target.Equals(_targets[place]))
                continue;
            _targets[place] = target;
            _elsewhere[place] = IsElsewhere(target);
            _windows[place].Turn(message => target.Tell(message));
        }
    }

    internal void Send(ActivityMessage message)
    {
        for (int place = 0; place < _targets.Length; place++)
        {
            if (_elsewhere[place])
                _windows[place].Send(message);
            else
                _targets[place].Tell(message);
        }
    }

    internal void Send(RestReport report)
    {
        for (int place = 0; place < _targets.Length; place++)
        {
            if (_elsewhere[place])
                _windows[place].Send(report);
            else
                _targets[place].Tell(report);
        }
    }

    /// <summary>Asks those targets for their activity that are sources whose newest message a link lost.</summary>
    internal void AskAgain(SliceArrivals arrivals)
    {
        for (int place = 0; place < _targets.Length; place++)
        {
            if (arrivals.MissesNewestOf(_targetSlices[place]))
                _targets[place].Tell(Pace.Instance);
        }
    }

    internal void Take(Credit credit)
    {
        int place = Array.IndexOf(_targetSlices, credit.Slice);
        if (place >= 0)
            _windows[place].Credit(credit.Received);
    }

    internal void KeepAlive()
    {
        foreach (SendWindow window in _windows)
            window.KeepAlive();
    }

    /// <summary>The slice's incarnation ends: what waits is not sent any more.</summary>
    internal void End()
    {
        foreach (SendWindow window in _windows)
            window.Abandon();
    }

    /// <summary>Those that have counted or hold a message.</summary>
    internal IReadOnlyList<SendWindowCounters> Counters() =>
    [
        .. _windows.Select((window, place) => new SendWindowCounters(_targetSlices[place], window.Conflated, window.Waits))
            .Where(counters => counters.Conflated > 0 || counters.Waits),
    ];

    /// <summary>Actors of the own node have no host in their address, however they were found.</summary>
    internal static bool IsElsewhere(IActorRef actor) => actor.Path.Address.Host is not null;
}
