using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Nudge.Actors;
using Nudge.Messages;
using Nudge.Placement;

namespace Nudge.Hosting;

/// <content>What becomes of slices when nodes come and go.</content>
internal sealed partial class RunSupervisorActor
{
    private const int FallenAtMost = 5;
    private static readonly TimeSpan NodeWithin = TimeSpan.FromSeconds(60);
    private readonly Dictionary<int, long> _received = [];
    private readonly Dictionary<int, Departure> _departed = [];
    private readonly List<int> _unplaced = [];
    private int _fallen;

    /// <summary>Where a slice was, and why it is no more.</summary>
    private sealed record Departure(string From, string Cause, long LastReceived);

    private sealed record NoNodeCame;

    private void OnMembership(object message)
    {
        switch (message)
        {
            case ClusterEvent.CurrentClusterState state:
                foreach (Member member in state.Members.Where(IsWorker))
                    Arrive(member.Address);
                foreach (Address gone in _workers.Except(state.Members.Select(member => member.Address)).ToArray())
                    Depart(gone, LossOf(gone));
                foreach (Member member in state.Unreachable)
                    FallSilent(member.Address);
                break;
            case ClusterEvent.MemberUp up when IsWorker(up.Member):
                Arrive(up.Member.Address);
                break;
            case ClusterEvent.UnreachableMember unreachable:
                FallSilent(unreachable.Member.Address);
                break;
            case ClusterEvent.ReachableMember reachable:
                _unreported.Remove(reachable.Member.Address);
                PlaceUnplaced();
                break;
            case ClusterEvent.MemberRemoved removed when _workers.Contains(removed.Member.Address):
                Address address = removed.Member.Address;
                Depart(address, removed.PreviousStatus == MemberStatus.Down ? LossOf(address) : LeaveOf(address));
                break;
            case ClusterEvent.MemberLeft left:
                _retiring.Add(left.Member.Address);
                break;
            case ClusterEvent.IClusterDomainEvent:
                break;
            case Terminated ended:
                // A manager that failed; where its node was lost, or it has handed all over, nothing is left to do.
                Evict(_registry.KeptBy(ended.ActorRef), ended.ActorRef.Path.Address, LossOf(ended.ActorRef.Path.Address));
                break;
            case SliceGone gone when _registry.Knows(gone.Slice):
                Miss(gone, Sender.Path.Address);
                break;
            case NoNodeCame when _unplaced.Count > 0:
                _launch.Board.Fail(new NodeException(
                    $"no node came within {NodeWithin.TotalSeconds:0} s to host {string.Join(", ", _unplaced.Select(NameOf))}"));
                break;
            default:
                OnMoving(message);
                break;
        }
    }

    private static bool IsWorker(Member member) =>
        member.Status == MemberStatus.Up && member.HasRole(NodeSettings.Worker);

    private void Arrive(Address node)
    {
        _workers.Add(node);
        PlaceUnplaced();
    }

    /// <summary>A node is unreachable. It may come back: its slices stay its own, but none waits for them.</summary>
    private void FallSilent(Address node)
    {
        _unreported.Add(node);
        Silence(_registry.On(node));
    }

    private void Silence(IReadOnlyList<int> slices)
    {
        if (slices.Count == 0)
            return;
        var silent = new UnreachableSlices(slices);
        NotifySliceManagers(silent);
        _coordinator.Tell(silent);
    }

    private static string LossOf(Address node) => $"node {Workers.Name(node)} was lost";

    private static string LeaveOf(Address node) => $"node {Workers.Name(node)} left";

    private void Depart(Address node, string cause)
    {
        _workers.Remove(node);
        _unreported.Remove(node);
        _retiring.Remove(node);
        Evict(_registry.On(node), node, cause);
        GoOnIfMoved();
    }

    // A coordinator that was removed sees the others leave; the run must end with the real cause.
    private bool IsRemoved =>
        _cluster.IsTerminated || _cluster.SelfMember.Status is MemberStatus.Down or MemberStatus.Removed;

    private void Evict(IReadOnlyList<int> slices, Address node, string cause)
    {
        if (slices.Count == 0 || IsRemoved)
            return;
        foreach (int slice in slices)
        {
            Remember(slice, node, cause);
            _registry.Lose(slice);
        }

        if (_waitForEnd is not null)
        {
            ReportIfEnded();
            return;
        }

        Silence(slices);
        PlaceSlices(slices, cause);
    }

    private void Miss(SliceGone gone, Address node)
    {
        SliceRegistry.Place place = _registry.Places[gone.Slice];
        if (!node.Equals(place.Node) || (place.IsUp && place.Incarnation != gone.Incarnation))
            return;
        _launch.Board.CountFault();
        _fallen = place.IsUp ? 0 : _fallen + 1;
        if (_fallen >= FallenAtMost)
            _launch.Board.Fail(new NodeException($"{NameOf(gone.Slice)} does not start: {gone.Reason}"));
        else
            Evict([gone.Slice], node, gone.Reason);
    }

    // An incarnation that failed to begin is not where the slice was lost.
    private void Remember(int slice, Address node, string cause) => _departed.TryAdd(
        slice, new(Workers.Name(node), cause, _received.GetValueOrDefault(slice, Stopwatch.GetTimestamp())));

    private void PlaceSlices(IReadOnlyList<int> slices, string cause)
    {
        if (!_part.KeepsSlices && _begun)
        {
            _launch.Board.Fail(new NodeException(
                $"{cause}, and with it {string.Join(", ", slices.Select(NameOf))}: its nodes have no store (nudge node --store)"));
            return;
        }

        _unplaced.AddRange(slices.Except(_unplaced));
        PlaceUnplaced();
        if (_unplaced.Count > 0)
            Timers.StartSingleTimer("no node", new NoNodeCame(), NodeWithin);
    }

    /// <summary>The costliest first, each to the node with the least to do.</summary>
    private void PlaceUnplaced()
    {
        Address[] nodes = [.. _workers.Where(node => !_unreported.Contains(node) && !_retiring.Contains(node))];
        if (nodes.Length == 0 || _unplaced.Count == 0)
            return;
        var placed = new Dictionary<Address, List<int>>();
        foreach (int slice in _unplaced.OrderByDescending(slice => SliceCost.Of(_launch.Network, _launch.Network.Slices[slice])))
        {
            Address node = _registry.Lightest(nodes)!;
            Assign(slice, node);
            (placed.TryGetValue(node, out List<int>? slices) ? slices : placed[node] = []).Add(slice);
        }

        _unplaced.Clear();
        foreach ((Address node, List<int> slices) in placed)
            Order(slices, node);
    }

    private void Note(SliceUp up)
    {
        if (!_departed.Remove(up.Slice, out Departure? departure))
            return;
        Address to = _registry.Places[up.Slice].Node!;
        _launch.Board.Moves = _launch.Board.Moves.Add(new(
            NameOf(up.Slice),
            departure.From,
            Workers.Name(to),
            departure.Cause,
            up.Incarnation,
            up.Generation,
            Stopwatch.GetElapsedTime(departure.LastReceived).TotalSeconds));
    }
}
