using Nudge.Testing;

namespace Nudge.Cluster.Tests.Architecture;

/// <summary>The folders of the cluster depend in one direction.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Folders_name_lower_layers_only() => LayerCheck.Hold("Cluster", """
        Checkpoints Security
        Store               # snapshots of slices, in a database and in files
        Messages            # plain records that nodes send to each other
        Wire                # how messages become bytes
        Placement           # counts the bytes that a placement sends, so it lies above Wire
        Transport           # activity between nodes
        Supervision         # who hosts which slice, as state machines; names no Akka
        Telemetry           # reads what Transport counts, and keeps what Hosting counts
        Hosting             # slices of one network on many nodes
        Runs Virtual Inspection     # whole runs on nodes; virtual time on nodes; the status of a cluster
        """);
}
