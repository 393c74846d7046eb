using Nudge.Catalogue;
using Nudge.Networks;

namespace Nudge.Placement;

/// <summary>Decides which slice is on which node; pure, so that the same network is placed the same way.</summary>
public interface IPlacementStrategy
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>The number of the node of each slice.</summary>
    /// <param name="network">The network.</param>
    /// <param name="nodes">How many nodes there are, at least one.</param>
    IReadOnlyList<int> Place(NetworkPlan network, int nodes);
}

/// <summary>
/// A strategy that is chosen by its name alone. A new one is one file; a catalogue finds it, and its name is the value
/// of <c>engine.placement</c>.
/// </summary>
public interface INamedPlacement : IPlacementStrategy, IDefinition
{
    /// <inheritdoc cref="IDefinition.Name"/>
    new string Name { get; }

    /// <inheritdoc/>
    string IPlacementStrategy.Name => Name;

    /// <inheritdoc/>
    string IDefinition.Name => Name;
}
