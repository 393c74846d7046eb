using Nudge.Hosting;
using Nudge.Recording;

namespace Nudge.Running;

/// <summary>On which nodes a run takes place, as the user asked.</summary>
public sealed record NodeChoice
{
    /// <summary>Node processes to start on this machine and to end with the run; 0 uses those that are there.</summary>
    public int LocalNodes { get; init; }

    /// <summary>Nodes of a cluster that is there.</summary>
    public IReadOnlyList<HostPort> Join { get; init; } = [];

    /// <summary>How many of those nodes must be up before the run starts.</summary>
    public int WaitFor { get; init; } = 1;

    /// <summary>The strategy of placement, as text; null is the experiment's own.</summary>
    public string? Placement { get; init; }

    /// <summary>The store of local nodes, text that may hold a password; null is a file in the run's folder.</summary>
    public string? Store { get; init; }

    /// <summary>Frame, values and address of this process and of the local nodes.</summary>
    public NodeSettings Node { get; init; } = new();

    /// <summary>What is allowed and probably not meant about these nodes.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];
}
