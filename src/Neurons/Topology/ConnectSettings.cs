using Nudge.Catalogue;

namespace Nudge.Topology;

/// <summary>
/// How the units of a projection are connected: a kind by name, with its own settings. A new kind is one file: its settings,
/// their definition, and the tables of both directions.
/// </summary>
[ChosenBy("kind", Default = "dense")]
public abstract record ConnectSettings : DefinedSettings
{
    /// <summary>Whether both ends must have a shape.</summary>
    public virtual bool NeedsShapes => true;

    /// <summary>Whether there are weights that learn.</summary>
    public virtual bool Learns => true;

    /// <summary>
    /// Whether the positions of a target channel have their weights in common; then they have one bias in common as well.
    /// </summary>
    public virtual bool SharesWeights => false;

    /// <summary>The table of one direction; null where every unit of the source is connected to every unit of the target.</summary>
    /// <param name="source">Shape of the population that sends in this direction.</param>
    /// <param name="target">Shape of the population that receives in this direction and owns the weights.</param>
    /// <param name="isBackward">Whether this is the direction that the file does not name, from <c>to</c> to <c>from</c>.</param>
    public abstract Connectivity? Create(PopulationShape source, PopulationShape target, bool isBackward);

    /// <summary>Reports shapes and settings that do not fit each other.</summary>
    /// <param name="check">The ends, and where to report.</param>
    public virtual void Check(ConnectCheck check)
    {
    }
}

/// <summary>What a check of a connection looks at.</summary>
/// <param name="Path">Path of the settings of the connection, such as <c>projections.image-hidden.connect</c>.</param>
/// <param name="From">Name of the population that <c>from</c> names.</param>
/// <param name="Source">Its shape.</param>
/// <param name="To">Name of the population that <c>to</c> names.</param>
/// <param name="Target">Its shape.</param>
/// <param name="Findings">Receives what is wrong.</param>
public sealed record ConnectCheck(
    string Path, string From, PopulationShape Source, string To, PopulationShape Target, IFindings Findings);

/// <summary>Every unit of the source is connected to every unit of the target.</summary>
public sealed record DenseConnect : ConnectSettings
{
    /// <inheritdoc/>
    public override bool NeedsShapes => false;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override Connectivity? Create(PopulationShape source, PopulationShape target, bool isBackward) => null;

    internal sealed class Kind() : Definition(
        "dense", "Every unit of the source is connected to every unit of the target.", typeof(DenseConnect))
    {
        internal static readonly Kind Instance = new();
    }
}
