using Nudge.Messages;
using static Nudge.Supervision.SupervisorEffect;

namespace Nudge.Supervision;

/// <content>The orders and the directory that nodes are sent.</content>
internal sealed partial class RunSupervisor
{
    private void OrderAll()
    {
        foreach (SupervisedNode node in _nodes.Values)
            node.OrdersDue = true;
    }

    private void Send()
    {
        if (_epoch == 0)
            return;
        foreach (SupervisedNode node in _nodes.Values)
        {
            if (node.Refusal.Length > 0 || node.Process is null || (!node.OrdersDue && _now - node.OrderedAt < OrderEvery))
                continue;
            bool repeat = !node.OrdersDue;
            node.OrdersDue = false;
            node.OrderedAt = _now;
            _effects.Add(new ToNode(node.Name, OrdersFor(node)));
            if (repeat && node.Manager.Length > 0 && node.DirectoryVersion < _directory)
                _effects.Add(new ToNode(node.Name, Directory()));
        }

        if (!_directoryDue)
            return;
        _directoryDue = false;
        SliceDirectory directory = Directory();
        foreach (SupervisedNode node in _nodes.Values.Where(node => node.Manager.Length > 0))
            _effects.Add(new ToNode(node.Name, directory));
    }

    private HostingOrders OrdersFor(SupervisedNode node)
    {
        _orders++;
        var slices = new List<Assignment>();
        foreach (int slice in On(node))
        {
            SupervisedPlace place = _places[slice];
            slices.Add(new(slice, place.Attempt));
            if (place.OrderedBy == 0)
                place.OrderedBy = _orders;
        }

        return new(_run.Run, _epoch, _orders, _run.Supervisor, slices)
        {
            Experiment = node.Manager.Length > 0 || slices.Count == 0 ? "" : _run.Experiment,
            Classes = _run.Classes,
            Token = _run.Token,
            Process = node.Process ?? 0,
            Begun = _begun,
            Frozen = _orderedFrozen,
            FreezeRound = _coordinatorRound,
            CountersRound = _countersRound,
            Unreachable = _unreachable,
            HandOver = node.HandOver || _ending,
        };
    }

    private SliceDirectory Directory()
    {
        var managers = new List<string>();
        var places = new (int, int)[_places.Length];
        for (int slice = 0; slice < places.Length; slice++)
        {
            SupervisedPlace place = _places[slice];
            if (!place.IsUp)
            {
                places[slice] = (-1, 0);
                continue;
            }

            int manager = managers.IndexOf(place.Node!.Manager);
            if (manager < 0)
            {
                manager = managers.Count;
                managers.Add(place.Node.Manager);
            }

            places[slice] = (manager, place.Attempt);
        }

        return new(_run.Run, _epoch, _directory, managers, places, _run.Coordinator);
    }
}
