using Nudge.Catalogue;
using Nudge.Placement;

namespace Nudge.Experiments;

/// <summary>The definitions that experiment files may name: those of the simulator, of the cluster and of this program.</summary>
public static class Definitions
{
    /// <summary>The catalogue.</summary>
    public static DefinitionCatalogue All { get; } = DefinitionCatalogue.BuiltIn.With(
        typeof(PlacementStrategies).Assembly, typeof(Definitions).Assembly);
}
