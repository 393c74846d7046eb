using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Models.DualPropagation;

/// <summary>What the negative phase does to the output.</summary>
public enum OppositePhase
{
    /// <summary>Nothing: both states of every unit become one, and nothing is learned.</summary>
    Free,

    /// <summary>Nudges by −β: the two states of every unit change places, and the phase teaches as much as a positive one.</summary>
    Opposed,
}

/// <summary>
/// Dual propagation (Høier, Staudt and Zach 2023; theory §4): each unit has two states, of which feedback pushes one up and the other
/// down, so that the contrast is there at every instant.
/// </summary>
public sealed record DualPropagationSettings : ModelSettings
{
    /// <summary>Nudge strength β: how far apart a target pushes the two states of an output unit, as a share of its error.</summary>
    [Range(0, 10, MinimumIsExclusive = true)]
    public double Beta { get; init; } = 1;

    /// <summary>What the negative phase does to the output.</summary>
    public OppositePhase Negative { get; init; } = OppositePhase.Opposed;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => DualPropagationModel.Instance;

    /// <inheritdoc/>
    public override ModelTraits Traits { get; } = new(DualPropagationModel.Word) { FactorVariesByProjection = true };

    /// <summary>The factor on every update: 1/β, and half of it where both polarities teach.</summary>
    public override double UpdateScale => Negative == OppositePhase.Opposed ? 1 / (2 * Beta) : 1 / Beta;
}

/// <summary>The definition of the model.</summary>
public sealed class DualPropagationModel : ModelDefinition
{
    internal const string Word = "dual-propagation";

    /// <summary>The channel that carries the mean of both states upwards.</summary>
    internal const int Means = 0;

    /// <summary>The channel that carries their difference downwards.</summary>
    internal const int Differences = 1;

    internal static readonly DualPropagationModel Instance = new();

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override string Summary =>
        "Units with two states: their mean goes up, their difference comes down and is the error; either phase has the whole contrast.";

    /// <inheritdoc/>
    public override string Source => "Høier, Staudt and Zach 2023";

    /// <inheritdoc/>
    public override Type SettingsType => typeof(DualPropagationSettings);

    /// <inheritdoc/>
    public override ModelSettings Defaults { get; } = new DualPropagationSettings();

    /// <inheritdoc/>
    public override bool NeedsOutput => true;

    /// <inheritdoc/>
    public override bool TakesTargets => true;

    /// <inheritdoc/>
    public override bool Settles => true;

    /// <inheritdoc/>
    public override int ChannelsOf(PopulationRole role) => role == PopulationRole.Input ? 1 : 2;

    /// <inheritdoc/>
    public override int ChannelFrom(NeighbourSide side) => side == NeighbourSide.Upper ? Differences : Means;

    /// <inheritdoc/>
    public override PopulationSlice CreateSlice(SliceContext context) => new DyadicSlice(context);

    /// <inheritdoc/>
    public override Curriculum CreateCurriculum(CurriculumContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var settings = (DualPropagationSettings)context.Model;
        float beta = (float)settings.Beta;
        return new TargetCurriculum(context, beta, settings.Negative == OppositePhase.Opposed ? -beta : 0);
    }
}
