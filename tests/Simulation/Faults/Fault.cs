using Nudge.Simulation.World;

namespace Nudge.Simulation.Faults;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>A node ends without a message.</summary>
    KillNode,

    /// <summary>A node ends and starts again under its address.</summary>
    RestartNode,

    /// <summary>A node stands still and goes on.</summary>
    StopNode,

    /// <summary>The coordinator stands still and goes on.</summary>
    StopCoordinator,

    /// <summary>The coordinator ends without a message; another one resumes the run.</summary>
    ReplaceCoordinator,

    /// <summary>Another coordinator resumes the run while the first one directs it.</summary>
    SecondCoordinator,

    /// <summary>A node and the coordinator do not reach each other.</summary>
    CutNode,

    /// <summary>What a node sends does not reach the coordinator, or the other way round.</summary>
    HalfOpen,

    /// <summary>Messages get lost.</summary>
    Loss,

    /// <summary>Messages arrive twice.</summary>
    Duplicates,

    /// <summary>Messages overtake each other.</summary>
    Reorder,

    /// <summary>Messages take long.</summary>
    SlowNetwork,

    /// <summary>The store takes long.</summary>
    SlowStore,

    /// <summary>The store does not answer.</summary>
    StoreAway,

    /// <summary>A node leaves in order.</summary>
    LeaveNode,

    /// <summary>A node joins.</summary>
    JoinNode,

    /// <summary>A node without a store joins.</summary>
    JoinWithoutStore,

    /// <summary>A node with another store joins.</summary>
    JoinWithOtherStore,

    /// <summary>Membership takes a node for unreachable for a moment.</summary>
    Flap,

    /// <summary>Membership removes a node that answers.</summary>
    RemoveWrongly,

    /// <summary>The actor of a slice fails and is restarted.</summary>
    SliceFails,

    /// <summary>The actor of a manager fails.</summary>
    ManagerFails,

    /// <summary>The state of a slice ends every process that reads it.</summary>
    PoisonState,

    /// <summary>The state of a slice cannot be read.</summary>
    BrokenState,
}

/// <summary>One fault of a scenario.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="At">When.</param>
/// <param name="For">For how long, where it ends.</param>
/// <param name="Node">The number of the node, where it concerns one.</param>
internal sealed record Fault(FaultKind Kind, TimeSpan At, TimeSpan For, int Node)
{
    public override string ToString() => $"{At.TotalSeconds:0.00} s {Kind} node {Node} for {For.TotalSeconds:0.00} s";
}

/// <summary>What one run is put through.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Nodes">Nodes at the start.</param>
/// <param name="Slices">Slices of the network.</param>
/// <param name="Keeps">Whether nodes have a store.</param>
/// <param name="Faults">The faults, the earliest first.</param>
internal sealed record Scenario(int Seed, int Nodes, int Slices, bool Keeps, IReadOnlyList<Fault> Faults)
{
    /// <summary>All faults have ended by then.</summary>
    internal static readonly TimeSpan Healed = TimeSpan.FromSeconds(75);

    /// <summary>What is no reason for a slice to be lost.</summary>
    internal static readonly FaultKind[] Peaceful =
    [
        FaultKind.Duplicates, FaultKind.Reorder, FaultKind.SlowNetwork, FaultKind.SlowStore, FaultKind.Flap, FaultKind.JoinNode,
        FaultKind.JoinWithoutStore, FaultKind.LeaveNode, FaultKind.SliceFails, FaultKind.Loss,
    ];

    private static readonly FaultKind[] Network = [FaultKind.Loss, FaultKind.Reorder, FaultKind.SlowNetwork, FaultKind.Duplicates];

    private static readonly FaultKind[] Common =
        [.. Enum.GetValues<FaultKind>().Where(kind => kind is not (FaultKind.PoisonState or FaultKind.BrokenState or FaultKind.SecondCoordinator))];

    /// <summary>Draws a scenario by its seed.</summary>
    internal static Scenario Of(int seed)
    {
        var draws = new Draws(seed, "scenario");
        int nodes = 1 + draws.Below(5);
        bool keeps = !draws.Chance(0.08);
        var faults = new List<Fault>();
        // Few kinds at a time, a different choice for each seed: with all of them in each run, none would have its way.
        // Where no process is lost, nothing but what operators do is a reason for any slice to move.
        FaultKind[] from = draws.Chance(0.2) ? Peaceful : Common;
        FaultKind[] kinds = [.. Enumerable.Range(0, 1 + draws.Below(5)).Select(_ => draws.Of(from))];
        for (int count = draws.Below(10); count > 0; count--)
        {
            // Half of them fall into the first seconds, where nothing has settled yet.
            TimeSpan at = draws.Chance(0.4) ? draws.Seconds(0, 3) : draws.Seconds(0, 50);
            TimeSpan length = draws.Chance(0.5) ? draws.Seconds(0.1, 3) : draws.Seconds(0.1, 20);
            faults.Add(new(draws.Of(kinds), at, length, draws.Below(nodes)));
        }

        // What is lost or late matters most while something else changes.
        if (draws.Chance(0.35))
            faults.Add(new(draws.Of(Network), draws.Seconds(0, 2), draws.Seconds(20, 60), 0));
        if (draws.Chance(0.06))
            faults.Add(new(FaultKind.SecondCoordinator, draws.Seconds(0.5, 40), TimeSpan.Zero, 0));
        if (draws.Chance(0.04))
            faults.Add(new(draws.Chance(0.5) ? FaultKind.PoisonState : FaultKind.BrokenState, draws.Seconds(5, 20), TimeSpan.Zero, draws.Below(nodes)));
        // Without a store a run cannot be resumed.
        if (!keeps)
            faults.RemoveAll(fault => fault.Kind is FaultKind.ReplaceCoordinator or FaultKind.SecondCoordinator);
        return new(seed, nodes, 1 + draws.Below(7), keeps, [.. faults.OrderBy(fault => fault.At)]);
    }

    public override string ToString() =>
        $"seed {Seed}: {Nodes} nodes, {Slices} slices, {(Keeps ? "with" : "without")} a store\n  {string.Join("\n  ", Faults)}";
}
