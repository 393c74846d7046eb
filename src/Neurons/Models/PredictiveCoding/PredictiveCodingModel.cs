using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Models.PredictiveCoding;

/// <summary>
/// Predictive coding (Whittington and Bogacz 2017; theory §4): each unit has a value and an error, and the output is held at
/// its target in the positive phase. In the negative phase all errors relax to 0.
/// </summary>
public sealed record PredictiveCodingSettings : ModelSettings
{
    /// <summary>
    /// The variance of the output units: a large one makes all errors small, and learning approach backpropagation. Updates
    /// are scaled by it, as those of equilibrium propagation by 1/β.
    /// </summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double OutputVariance { get; init; } = 1;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => PredictiveCodingModel.Instance;

    /// <inheritdoc/>
    public override ModelTraits Traits { get; } = new(PredictiveCodingModel.Word) { FactorVariesByProjection = true };

    /// <summary>The factor on every update: the variance of the output.</summary>
    public override double UpdateScale => OutputVariance;
}

/// <summary>The definition of the model.</summary>
public sealed class PredictiveCodingModel : ModelDefinition
{
    internal const string Word = "predictive-coding";

    /// <summary>The channel that carries ρ(x) upwards; the other one carries ε downwards.</summary>
    internal const int Values = 0;

    /// <summary>The channel that carries ε downwards.</summary>
    internal const int Errors = 1;

    internal static readonly PredictiveCodingModel Instance = new();

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override string Summary =>
        "Units with a value and an error that is sent down; the positive phase holds the output at its target.";

    /// <inheritdoc/>
    public override string Source => "Whittington and Bogacz 2017";

    /// <inheritdoc/>
    public override Type SettingsType => typeof(PredictiveCodingSettings);

    /// <inheritdoc/>
    public override ModelSettings Defaults { get; } = new PredictiveCodingSettings();

    /// <inheritdoc/>
    public override bool NeedsOutput => true;

    /// <inheritdoc/>
    public override bool TakesTargets => true;

    /// <inheritdoc/>
    public override bool Settles => true;

    /// <inheritdoc/>
    public override int ChannelsOf(PopulationRole role) => role == PopulationRole.Input ? 1 : 2;

    /// <inheritdoc/>
    public override int ChannelFrom(NeighbourSide side) => side == NeighbourSide.Upper ? Errors : Values;

    /// <inheritdoc/>
    public override PopulationSlice CreateSlice(SliceContext context) => new PredictiveCodingSlice(context);

    /// <inheritdoc/>
    public override Curriculum CreateCurriculum(CurriculumContext context) =>
        new TargetCurriculum(context, float.PositiveInfinity, 0);
}
