namespace Nudge.VirtualTime.Nodes;

/// <summary>Which node runs which slice.</summary>
/// <param name="Nodes">For each slice the number of its node.</param>
/// <param name="Self">The number of this node.</param>
internal sealed record NodePlaces(IReadOnlyList<int> Nodes, int Self)
{
    /// <summary>More nodes than this cannot share a run in virtual time.</summary>
    internal const int MostNodes = 64;

    /// <summary>The node of a slice.</summary>
    internal int NodeOf(int slice) => Nodes[slice];

    /// <summary>Whether this node runs a slice.</summary>
    internal bool IsHere(int slice) => Nodes[slice] == Self;
}
