using System.Diagnostics.Metrics;
using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Nudge.Actors.Loops;
using Nudge.Transport;

namespace Nudge.Telemetry;

/// <summary>
/// The metrics of a node. Every instrument is observable: it reads a count that is kept anyway when somebody asks for it,
/// so metrics that nobody reads cost nothing, and those that are read cost nothing for each message.
/// </summary>
internal sealed class NodeMeter : IDisposable
{
    internal const string Name = "Nudge";
    private readonly Akka.Cluster.Cluster _membership;
    private readonly DataPath _path;
    private readonly HostingCounts _hosting;
    private readonly LoopSockets _loop;

    /// <summary>Makes the instruments.</summary>
    /// <param name="system">The node's.</param>
    /// <param name="hostedSlices">How many slices the node hosts; null where that is unknown at the moment.</param>
    internal NodeMeter(ActorSystem system, Func<int?> hostedSlices)
    {
        _membership = Akka.Cluster.Cluster.Get(system);
        _path = DataPath.Of(system);
        _hosting = HostingCounts.Of(system);
        _loop = LoopSockets.Of(system.EventStream);
        AddMembers();
        AddPeers();
        AddSlices(hostedSlices);
        AddStore();
    }

    /// <summary>Has the instruments.</summary>
    internal Meter Meter { get; } = new(Name);

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    private void AddMembers() => Meter.CreateObservableGauge(
        "nudge.cluster.members",
        () => Members().GroupBy(reachable => reachable).Select(group => new Measurement<int>(
            group.Count(), new KeyValuePair<string, object?>("reachable", group.Key ? "yes" : "no"))),
        "{member}",
        "Members of the cluster, as this node sees them.");

    private void AddPeers()
    {
        CountPeers("nudge.peer.messages.sent", "{message}", "Messages sent on data connections.", peer => peer.Traffic.Sent);
        CountPeers(
            "nudge.peer.messages.received", "{message}", "Messages received on data connections.", peer => peer.Traffic.Received);
        CountPeers(
            "nudge.peer.messages.dropped",
            "{message}",
            "Messages lost here: too many waited for a connection, or the process that they were for has ended.",
            peer => peer.Traffic.Dropped);
        CountPeers("nudge.peer.sent", "By", "Bytes sent on data connections.", peer => peer.Outgoing.TakenBytes);
        CountPeers("nudge.peer.received", "By", "Bytes received on data connections.", peer => peer.Traffic.ReceivedBytes);
        CountPeers(
            "nudge.peer.reconnections",
            "{connection}",
            "Data connections made in place of an earlier one.",
            peer => peer.Traffic.Reconnections);
        CountPeers(
            "nudge.peer.holds",
            "{hold}",
            "Times for which no more was read from a data connection, since as much had come as this node allows.",
            peer => peer.Traffic.Held);
        Meter.CreateObservableGauge(
            "nudge.peer.waiting",
            () => OfPeers(peer => (long)peer.Outgoing.Waiting),
            "By",
            "Bytes that wait for a data connection.");
    }

    private void AddSlices(Func<int?> hostedSlices)
    {
        Meter.CreateObservableGauge(
            "nudge.slices.hosted",
            () => hostedSlices() is { } slices ? [new Measurement<int>(slices)] : Enumerable.Empty<Measurement<int>>(),
            "{slice}",
            "Slices hosted here, of all runs.");
        Meter.CreateObservableCounter(
            "nudge.slices.moved", () => _hosting.Moves, "{slice}", "Slices that started here from a snapshot.");
        Meter.CreateObservableCounter(
            "nudge.slices.steps", () => _hosting.Steps, "{step}", "Steps of the slices hosted here, as last reported.");
        Meter.CreateObservableGauge(
            "nudge.slices.waiting",
            () => _hosting.Waiting,
            "{message}",
            "Messages that slices hosted here have received and not used yet, as last reported.");
        Meter.CreateObservableGauge(
            "nudge.slices.ahead",
            () => _hosting.Ahead,
            "{tau}",
            "How far the slice hosted here that is furthest ahead is ahead of a neighbour that it would wait for, in units of tau, as last reported.");
        Meter.CreateObservableCounter(
            "nudge.loop.busy",
            () => _loop.Busy.TotalSeconds,
            "s",
            "Time in which the loop that runs the slices hosted here, and their connections, did not wait.");
    }

    private void AddStore()
    {
        Meter.CreateObservableCounter(
            "nudge.store.saves", () => _hosting.Saves, "{snapshot}", "Snapshots of slices that the store has kept.");
        Meter.CreateObservableCounter(
            "nudge.store.failures", () => _hosting.FailedSaves, "{failure}", "Failures to save a slice or to open its store.");
    }

    private void CountPeers(string name, string unit, string description, Func<Peer, long> count) =>
        Meter.CreateObservableCounter(name, () => OfPeers(count), unit, description);

    private Measurement<long>[] OfPeers(Func<Peer, long> value) =>
    [
        .. _path.Peers.Select(peer => new Measurement<long>(
            value(peer), new KeyValuePair<string, object?>("peer", NameOf(peer.Address)))),
    ];

    private static string NameOf(Address node) => string.Create(CultureInfo.InvariantCulture, $"{node.Host}:{node.Port}");

    private IEnumerable<bool> Members()
    {
        if (_membership.IsTerminated)
            return [];
        ClusterEvent.CurrentClusterState state = _membership.State;
        return state.Members.Select(member => !state.Unreachable.Contains(member));
    }
}
