using Nudge.Networks;

namespace Nudge.Placement;

/// <summary>One slice after another, each on the next node.</summary>
public sealed class SpreadPlacement : INamedPlacement
{
    /// <inheritdoc/>
    public string Name => "spread";

    /// <inheritdoc/>
    public string Summary => "One slice after another, each on the next node.";

    /// <inheritdoc/>
    public IReadOnlyList<int> Place(NetworkPlan network, int nodes)
    {
        ArgumentNullException.ThrowIfNull(network);
        return [.. network.Slices.Select(slice => slice.Index % nodes)];
    }
}
