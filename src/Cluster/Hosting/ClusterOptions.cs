using System.Diagnostics;
using Nudge.Placement;

namespace Nudge.Hosting;

/// <summary>On which nodes a run takes place.</summary>
public sealed record ClusterOptions
{
    /// <summary>How the coordinator takes part.</summary>
    public NodeSettings Node { get; init; } = new() { Role = NodeSettings.Coordinator };

    /// <summary>How many nodes to wait for; with local nodes, their number.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Starts a node on this machine that joins the coordinator, or null to use those that are there.</summary>
    public Func<HostPort, ProcessStartInfo>? LocalNode { get; init; }

    /// <summary>Decides which slice goes where.</summary>
    public IPlacementStrategy Placement { get; init; } = new SpreadPlacement();

    /// <summary>Is told of the placement before the run starts.</summary>
    public Action<PlacementPlan> Placed { get; init; } = _ => { };

    /// <summary>The experiment file, defaults filled in, from which nodes compile the network.</summary>
    public required string Experiment { get; init; }

    /// <summary>Classes of the examples.</summary>
    public required int Classes { get; init; }
}
