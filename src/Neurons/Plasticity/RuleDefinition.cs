using Nudge.Catalogue;
using Nudge.Phases;
using Nudge.Topology;

namespace Nudge.Plasticity;

/// <summary>The plasticity rule of an experiment file: a kind, with its own settings.</summary>
[ChosenBy("kind", Default = "differential-isd")]
public abstract record RuleSettings : DefinedSettings
{
    /// <summary>The rule.</summary>
    public abstract RuleDefinition Rule { get; }

    /// <inheritdoc/>
    public sealed override ISettingsDefinition Definition => Rule;

    /// <summary>Whether weights change within phases and not only at their ends.</summary>
    public virtual bool LearnsWithinPhases => false;

    /// <summary>
    /// Updates that it makes in one phase where it learns within phases; null for one at every step.
    /// </summary>
    /// <param name="nudge">How the strength of the nudge goes on within a phase.</param>
    public virtual int? UpdatesInPhase(NudgeSettings nudge) => null;

    /// <summary>How much later than the nudge the last population reads its waveform, in τ.</summary>
    /// <param name="populations">Populations from the last hidden one to the output.</param>
    public virtual double ReadoutDelay(int populations) => 0;

    /// <summary>
    /// What to know when the mean update is compared with the plain gradient; null where the two are one.
    /// </summary>
    public virtual string? TruthNote => null;

    /// <summary>These settings with nothing in an update but the estimate of the gradient: no penalties.</summary>
    public virtual RuleSettings WithoutPenalties() => this;
}

/// <summary>Something that a rule carries from one phase into the next: a declared exception to locality in time.</summary>
/// <param name="Place">Where the code keeps it: the type and the field, such as <c>DifferenceRule._snapshot</c>.</param>
/// <param name="Name">The exception of theory §5 that it falls under.</param>
/// <param name="Reason">Why the rule needs it.</param>
public sealed record CarriedDeclaration(string Place, string Name, string Reason);

/// <summary>A setting of a rule that decides what it carries, so that the audit measures it apart.</summary>
/// <param name="Label">What a table calls it; empty for the rule as it is by default.</param>
/// <param name="Settings">The settings.</param>
public sealed record RuleVariant(string Label, RuleSettings Settings);

/// <summary>
/// A plasticity rule as one self-describing definition. A new rule is one file: its settings, its definition and the rule.
/// </summary>
public abstract class RuleDefinition : ISettingsDefinition
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract Type SettingsType { get; }

    /// <summary>Where it comes from: authors, year, equation; or that it is an extension of ours.</summary>
    public abstract string Source { get; }

    /// <summary>The one model that this form of the rule belongs to; null for a rule of many models.</summary>
    public virtual string? OwnModel => null;

    /// <summary>Whether a stimulus's first phase teaches nothing, because the rule compares phases.</summary>
    public virtual bool ComparesPhases => false;

    /// <summary>Whether both polarities weigh ±1 and not +1/b and −1/(1−b).</summary>
    public virtual bool WeighsPolaritiesAlike => false;

    /// <summary>Whether only pairs of opposite phases teach, so that both may share a random sign of the nudge.</summary>
    public virtual bool LearnsFromOppositePhases => false;

    /// <summary>Whether phases of both polarities must alternate.</summary>
    public virtual bool NeedsAlternatingPhases => false;

    /// <summary>How the strength of the nudge must go on within a phase for the rule to learn.</summary>
    public virtual NudgeWaveform Waveform => NudgeWaveform.Constant;

    /// <summary>Whether the variance of its updates depends on b as theory §2 has it, so that an optimal b exists.</summary>
    public virtual bool HasOptimalB => false;

    /// <summary>Whether it hands each update to its synapses as one whole gradient, which an optimiser can rescale.</summary>
    public virtual bool GivesWholeGradients => false;

    /// <summary>Whether it needs a weight for each pair of units, so that projections may have no windows.</summary>
    public virtual bool NeedsWeightForEachPair => false;

    /// <summary>Whether it asks for the post-synaptic factor of each projection, so that it may vary between them.</summary>
    public virtual bool AsksForFactors => false;

    /// <summary>What it carries from phase to phase, and why; empty for a rule that is local in time.</summary>
    public virtual IReadOnlyList<CarriedDeclaration> Carries => [];

    /// <summary>The settings that an audit measures, the default ones first.</summary>
    public abstract IReadOnlyList<RuleVariant> Variants { get; }

    /// <summary>Those of the variants that a model can run.</summary>
    public virtual IReadOnlyList<RuleVariant> VariantsFor(ModelTraits model) => Variants;

    /// <summary>Whether it suits a model.</summary>
    public virtual bool Suits(ModelTraits model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return OwnModel is null
            ? model.StatisticIsProduct && (AsksForFactors || !model.FactorVariesByProjection)
                && (Waveform == NudgeWaveform.Constant || model.HasNudgeWaveform)
            : OwnModel == model.Model;
    }

    /// <summary>Makes a fresh rule for one slice.</summary>
    /// <param name="context">The slice, and the settings, which are of <see cref="SettingsType"/>.</param>
    public abstract IPlasticityRule Create(RuleContext context);

    /// <summary>Reports settings that the rule cannot work with, and those that were measured not to learn.</summary>
    /// <param name="check">The experiment's learning and phases, and where to report.</param>
    public virtual void Check(RuleCheck check)
    {
    }

    /// <summary>The rules of a catalogue that suit a model: a model's own form of a rule comes before a general one.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<RuleDefinition> For(DefinitionCatalogue catalogue, ModelTraits model)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        return
        [
            .. catalogue.All<RuleDefinition>().Where(rule => rule.Suits(model))
                .GroupBy(rule => rule.Name)
                .Select(forms => forms.FirstOrDefault(rule => rule.OwnModel is not null) ?? forms.First()),
        ];
    }
}

/// <summary>A rule with settings of one type.</summary>
/// <typeparam name="TSettings">Its settings.</typeparam>
public abstract class RuleDefinition<TSettings> : RuleDefinition
    where TSettings : RuleSettings, new()
{
    /// <inheritdoc/>
    public sealed override Type SettingsType => typeof(TSettings);

    /// <inheritdoc/>
    public override IReadOnlyList<RuleVariant> Variants => [new("", new TSettings())];

    /// <inheritdoc/>
    public sealed override IPlasticityRule Create(RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Create((TSettings)context.Settings, context);
    }

    /// <summary>Makes a fresh rule for one slice.</summary>
    /// <param name="settings">The settings of the rule.</param>
    /// <param name="context">The slice.</param>
    protected abstract IPlasticityRule Create(TSettings settings, RuleContext context);
}

/// <summary>What a check of a rule looks at.</summary>
/// <param name="Settings">The settings of the rule.</param>
/// <param name="Model">What the model states of itself.</param>
/// <param name="Phases">The phases.</param>
/// <param name="Findings">Receives what is wrong.</param>
public sealed record RuleCheck(RuleSettings Settings, ModelTraits Model, PhaseSettings Phases, IFindings Findings);

/// <summary>One projection that arrives at a slice, as a rule may know it before anything runs.</summary>
/// <param name="Projection">The direction.</param>
/// <param name="SourceHasBiases">Whether the units at the other end have biases that learn.</param>
public sealed record RuleAfferent(ProjectionPlan Projection, bool SourceHasBiases);

/// <summary>All that a rule receives when it is made: sizes and settings, and nothing that changes.</summary>
public sealed record RuleContext
{
    /// <summary>The slice whose synapses the rule changes.</summary>
    public required SlicePlan Slice { get; init; }

    /// <summary>The projections that arrive there, in the order of <see cref="LocalSignals.Synapses"/>.</summary>
    public required IReadOnlyList<RuleAfferent> Afferents { get; init; }

    /// <summary>The settings of the rule.</summary>
    public required RuleSettings Settings { get; init; }

    /// <summary>The settings of the model.</summary>
    public required ModelSettings Model { get; init; }

    /// <summary>Independent stimuli side by side.</summary>
    public required int Lanes { get; init; }

    /// <summary>Whether the units have biases that learn.</summary>
    public required bool HasBiases { get; init; }

    /// <summary>Whether the coherence gate is on (theory §3c).</summary>
    public required bool Gate { get; init; }

    /// <summary>Mean length of a phase, in τ.</summary>
    public required double MeanPhaseLength { get; init; }

    /// <summary>Phases whose updates are summed before they are applied together.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Whether the rule's second moments are measured, for a coordinator that seeks the optimal b.</summary>
    public bool MeasuresSecondMoments { get; init; }

    /// <summary>Factor on every update: the model's, as a mean over lanes.</summary>
    public float UpdateScale => (float)(Model.UpdateScale / Lanes);

    /// <summary>Units of the slice, padded to whole panels.</summary>
    public int Stride => Numerics.PanelMatrix.Pad(Slice.Count);
}

/// <summary>Makes the plasticity rule of one slice.</summary>
/// <param name="context">The slice: sizes and settings, nothing of its state.</param>
public delegate IPlasticityRule RuleMaker(RuleContext context);
