using System.Diagnostics;
using Nudge.Hosting;

namespace Nudge.Runs;

/// <summary>Runs to be made, and on which nodes.</summary>
public sealed record SpreadOptions
{
    /// <summary>How this process takes part; seeds are the nodes of a cluster that is there.</summary>
    public required NodeSettings Node { get; init; }

    /// <summary>How many nodes to wait for; with local nodes, their number.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Starts a node on this machine that joins this process, or null to use those that are there.</summary>
    public Func<HostPort, ProcessStartInfo>? LocalNode { get; init; }

    /// <summary>How many runs there are.</summary>
    public required int Runs { get; init; }

    /// <summary>Gives a run by its number; may be called more than once.</summary>
    public required Func<int, RunOrder> Order { get; init; }

    /// <summary>This program, to the build; nodes with another one decline.</summary>
    public required string Version { get; init; }

    /// <summary>Runs that each node may get at a time, however many it makes.</summary>
    public int AtATime { get; init; } = int.MaxValue;
}
