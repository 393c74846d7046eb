using Akka.Actor;
using Akka.Cluster.Serialization;

namespace Nudge.Security;

/// <summary>
/// In the place of Akka's serializer of a cluster's messages. A node is asked to leave, or declared down, on its own
/// machine only, so neither comes from another one; nor do routers.
/// </summary>
public sealed class GuardedCluster(ExtendedActorSystem system) : GuardedSerializer(system, 5)
{
    private static readonly string[] Passing =
    [
        "Akka.Cluster.InternalClusterAction+Join, Akka.Cluster",
        "Akka.Cluster.InternalClusterAction+Welcome, Akka.Cluster",
        "Akka.Cluster.InternalClusterAction+InitJoin, Akka.Cluster",
        "Akka.Cluster.InternalClusterAction+InitJoinAck, Akka.Cluster",
        "Akka.Cluster.InternalClusterAction+InitJoinNack, Akka.Cluster",
        "Akka.Cluster.InternalClusterAction+ExitingConfirmed, Akka.Cluster",
        "Akka.Cluster.GossipStatus, Akka.Cluster",
        "Akka.Cluster.GossipEnvelope, Akka.Cluster",
        "Akka.Cluster.ClusterHeartbeatSender+Heartbeat, Akka.Cluster",
        "Akka.Cluster.ClusterHeartbeatSender+HeartbeatRsp, Akka.Cluster",
        "HB",
        "HBR",
    ];

    private readonly ClusterMessageSerializer _akka = new(system);

    /// <inheritdoc/>
    public override string Manifest(object o) => _akka.Manifest(o);

    /// <inheritdoc/>
    protected override bool Passes(string manifest) => Array.IndexOf(Passing, manifest) >= 0;

    /// <inheritdoc/>
    protected override byte[] Write(object message) => _akka.ToBinary(message);

    /// <inheritdoc/>
    protected override object Read(byte[] bytes, string manifest) => _akka.FromBinary(bytes, manifest);
}
