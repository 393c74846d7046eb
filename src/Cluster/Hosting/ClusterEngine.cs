using System.Diagnostics;
using Nudge.Actors;
using Nudge.Networks;
using Nudge.Placement;
using Nudge.Training;

namespace Nudge.Hosting;

/// <summary>The actors' engine with its slices on the nodes of a cluster.</summary>
public static class ClusterEngine
{
    /// <summary>Makes an engine; it joins the cluster when it is started.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Decides what is shown.</param>
    /// <param name="settings">Pace of the actors.</param>
    /// <param name="options">On which nodes.</param>
    public static ActorEngine Create(
        NetworkPlan network, TrainingSchedule schedule, ActorEngineSettings settings, ClusterOptions options) =>
        new(network, schedule, settings, new ClusterHosting(options));
}

/// <summary>On which nodes a run takes place.</summary>
public sealed record ClusterOptions
{
    /// <summary>How the coordinator takes part.</summary>
    public NodeSettings Node { get; init; } = new() { Role = NodeSettings.Coordinator };

    /// <summary>How many nodes to wait for; with local nodes, their number.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Starts a node on this machine that joins the coordinator, or null to use those that are there.</summary>
    public Func<HostPort, ProcessStartInfo>? LocalNode { get; init; }

    /// <summary>The nodes that this run starts: none, until it starts them.</summary>
    public LocalNodes Local { get; init; } = new();

    /// <summary>Decides which slice goes where.</summary>
    public IPlacementStrategy Placement { get; init; } = new SpreadPlacement();

    /// <summary>Receives the placement before the run starts.</summary>
    public Action<PlacementPlan> Placed { get; init; } = _ => { };

    /// <summary>The experiment file, defaults filled in, from which nodes compile the network.</summary>
    public required string Experiment { get; init; }

    /// <summary>Classes of the examples.</summary>
    public required int Classes { get; init; }
}
