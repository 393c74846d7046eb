using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Nudge.Actors;
using Nudge.Messages;
using Nudge.Placement;

namespace Nudge.Hosting;

/// <content>What becomes of slices when nodes come and go.</content>
internal sealed partial class DirectorActor
{
    private const int FallenAtMost = 5;
    private static readonly TimeSpan NodeWithin = TimeSpan.FromSeconds(60);
    private readonly Dictionary<int, long> _heard = [];
    private readonly Dictionary<int, Departure> _departed = [];
    private readonly List<int> _homeless = [];
    private int _fallen;

    /// <summary>Where a slice was, and why it is no more.</summary>
    private sealed record Departure(string From, string Cause, long LastHeard);

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
                _unheard.Remove(reachable.Member.Address);
                HouseHomeless();
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
                // A keeper that failed; where its node was lost, or it has handed all over, nothing is left to do.
                Evict(_registry.KeptBy(ended.ActorRef), ended.ActorRef.Path.Address, LossOf(ended.ActorRef.Path.Address));
                break;
            case SliceGone gone when _registry.Knows(gone.Slice):
                Miss(gone, Sender.Path.Address);
                break;
            case NoNodeCame when _homeless.Count > 0:
                _cast.Board.Fail(new NodeException(
                    $"no node came within {NodeWithin.TotalSeconds:0} s to host {string.Join(", ", _homeless.Select(NameOf))}"));
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
        HouseHomeless();
    }

    /// <summary>A node is not heard. It may come back: its slices stay its own, but nobody waits for them.</summary>
    private void FallSilent(Address node)
    {
        _unheard.Add(node);
        Silence(_registry.On(node));
    }

    private void Silence(IReadOnlyList<int> slices)
    {
        if (slices.Count == 0)
            return;
        var silent = new SilentSlices(slices);
        TellKeepers(silent);
        _coordinator.Tell(silent);
    }

    private static string LossOf(Address node) => $"node {Workers.Name(node)} was lost";

    private static string LeaveOf(Address node) => $"node {Workers.Name(node)} left";

    private void Depart(Address node, string cause)
    {
        _workers.Remove(node);
        _unheard.Remove(node);
        _retiring.Remove(node);
        Evict(_registry.On(node), node, cause);
        GoOnIfMoved();
    }

    private void Evict(IReadOnlyList<int> slices, Address node, string cause)
    {
        if (slices.Count == 0)
            return;
        foreach (int slice in slices)
        {
            Remember(slice, node, cause);
            _registry.Lose(slice);
        }

        if (_waitForEnd is not null)
        {
            SayIfEnded();
            return;
        }

        Silence(slices);
        House(slices, cause);
    }

    private void Miss(SliceGone gone, Address node)
    {
        SliceRegistry.Place place = _registry.Places[gone.Slice];
        if (!node.Equals(place.Node) || (place.IsUp && place.Incarnation != gone.Incarnation))
            return;
        _cast.Board.CountFault();
        _fallen = place.IsUp ? 0 : _fallen + 1;
        if (_fallen >= FallenAtMost)
            _cast.Board.Fail(new NodeException($"{NameOf(gone.Slice)} does not come to life: {gone.Reason}"));
        else
            Evict([gone.Slice], node, gone.Reason);
    }

    // A life that failed to begin is not where the slice was lost.
    private void Remember(int slice, Address node, string cause) => _departed.TryAdd(
        slice, new(Workers.Name(node), cause, _heard.GetValueOrDefault(slice, Stopwatch.GetTimestamp())));

    private void House(IReadOnlyList<int> slices, string cause)
    {
        if (!_part.KeepsSlices && _begun)
        {
            _cast.Board.Fail(new NodeException(
                $"{cause}, and with it {string.Join(", ", slices.Select(NameOf))}: its nodes have no store (nudge node --store)"));
            return;
        }

        _homeless.AddRange(slices.Except(_homeless));
        HouseHomeless();
        if (_homeless.Count > 0)
            Timers.StartSingleTimer("no node", new NoNodeCame(), NodeWithin);
    }

    /// <summary>The costliest first, each to the node with the least to do.</summary>
    private void HouseHomeless()
    {
        Address[] nodes = [.. _workers.Where(node => !_unheard.Contains(node) && !_retiring.Contains(node))];
        if (nodes.Length == 0 || _homeless.Count == 0)
            return;
        foreach (int slice in _homeless.OrderByDescending(slice => SliceCost.Of(_cast.Network, _cast.Network.Slices[slice])))
            Host([slice], _registry.Lightest(nodes)!);
        _homeless.Clear();
    }

    private void Note(SliceUp up)
    {
        if (!_departed.Remove(up.Slice, out Departure? departure))
            return;
        Address to = _registry.Places[up.Slice].Node!;
        _cast.Board.Moves = _cast.Board.Moves.Add(new(
            NameOf(up.Slice),
            departure.From,
            Workers.Name(to),
            departure.Cause,
            up.Incarnation,
            up.Generation,
            Stopwatch.GetElapsedTime(departure.LastHeard).TotalSeconds));
    }
}
