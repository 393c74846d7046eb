namespace Nudge.VirtualTime.Nodes;

/// <summary>The nodes of a run in virtual time, as the coordinator's engine sees them. Calls block.</summary>
internal interface INodeGroup
{
    /// <summary>Sends an order to all nodes, after those before it.</summary>
    void Order(NodeMessage order);

    /// <summary>A number for an evaluation that no other one has.</summary>
    int NextBranch();

    /// <summary>Waits until all nodes have reached the end of a phase.</summary>
    /// <exception cref="Exception">A node is lost or cannot go on.</exception>
    IReadOnlyList<PhaseEndReport> AwaitPhaseEnd(int branch);

    /// <summary>Waits until it is known whether a slice has sent changes at a step.</summary>
    /// <exception cref="Exception">A node is lost or cannot go on.</exception>
    bool AwaitDecision(int branch, int slice, long step);

    /// <summary>Waits until all nodes have reported their slices.</summary>
    /// <exception cref="Exception">A node is lost or cannot go on.</exception>
    IReadOnlyList<SlicesReport> AwaitSlices();
}
