using Nudge.Catalogue;
using Nudge.Plasticity;
using Nudge.Populations;

namespace Nudge.Models.ContrastiveHebbian;

/// <summary>
/// Contrastive Hebbian learning (Movellan 1991; Xie and Seung 2003; theory §4): leaky rate units relax, and the output is held
/// at its target in the positive phase.
/// </summary>
public sealed record ContrastiveHebbianSettings : ModelSettings
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => ContrastiveHebbianModel.Instance;

    /// <inheritdoc/>
    public override ModelTraits Traits { get; } = new(ContrastiveHebbianModel.Word) { InputPredictsActivity = true };
}

/// <summary>The definition of the model.</summary>
public sealed class ContrastiveHebbianModel : ModelDefinition
{
    internal const string Word = "contrastive-hebbian";

    internal static readonly ContrastiveHebbianModel Instance = new();

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override string Summary => "Leaky rate units that relax; the positive phase holds the output at its target.";

    /// <inheritdoc/>
    public override string Source => "Movellan 1991; Xie and Seung 2003";

    /// <inheritdoc/>
    public override Type SettingsType => typeof(ContrastiveHebbianSettings);

    /// <inheritdoc/>
    public override ModelSettings Defaults { get; } = new ContrastiveHebbianSettings();

    /// <inheritdoc/>
    public override bool NeedsOutput => true;

    /// <inheritdoc/>
    public override bool TakesTargets => true;

    /// <inheritdoc/>
    public override bool Settles => true;

    /// <inheritdoc/>
    public override PopulationSlice CreateSlice(SliceContext context) => new LeakySlice(context, couples: false);

    /// <inheritdoc/>
    public override Curriculum CreateCurriculum(CurriculumContext context) =>
        new TargetCurriculum(context, float.PositiveInfinity, 0);
}
