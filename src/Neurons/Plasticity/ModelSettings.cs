using Nudge.Catalogue;
using Nudge.Phases;

namespace Nudge.Plasticity;

/// <summary>What a plasticity rule has to know of the model whose synapses it changes.</summary>
/// <param name="Model">Name of the model.</param>
public sealed record ModelTraits(string Model)
{
    /// <summary>
    /// Whether the local statistic is the product of what <see cref="LocalSignals.Activity"/> and the synapses give, so that
    /// rules which weigh and compare products apply.
    /// </summary>
    public bool StatisticIsProduct { get; init; } = true;

    /// <summary>
    /// Whether the post-synaptic factor differs between projections, as <see cref="LocalSignals.PostsynapticOf"/> gives it;
    /// then only rules that ask for it apply.
    /// </summary>
    public bool FactorVariesByProjection { get; init; }

    /// <summary>
    /// Whether the state moves continuously, so that its change from step to step is part of a gradient. Samples jump.
    /// </summary>
    public bool StateIsContinuous { get; init; } = true;

    /// <summary>
    /// Whether what arrives from the input predicts a unit's activity as ρ(b + W·x), so that a dendritic baseline exists.
    /// </summary>
    public bool InputPredictsActivity { get; init; }

    /// <summary>
    /// Whether the strength of its nudge may follow a waveform within a phase, so that rules which find the contrast in the
    /// course of one phase apply.
    /// </summary>
    public bool HasNudgeWaveform { get; init; }
}

/// <summary>The model of an experiment file: a kind, with its own settings.</summary>
[ChosenBy("kind", Default = "equilibrium-propagation", IgnoresOthers = true)]
public abstract record ModelSettings : DefinedSettings
{
    /// <summary>What rules have to know of the model.</summary>
    public abstract ModelTraits Traits { get; }

    /// <summary>The factor on every update, such as 1/β for equilibrium propagation (theory §4).</summary>
    public virtual double UpdateScale => 1;

    /// <summary>Whether the sign of the nudge is drawn for every stimulus.</summary>
    public virtual bool DrawsNudgeSign => false;

    /// <summary>How the strength of the nudge goes on within a phase.</summary>
    public virtual NudgeSettings NudgeInPhase => NudgeSettings.Constant;

    /// <summary>These settings with the waveform that a rule learns from; as they are in models without a choice.</summary>
    /// <param name="waveform">The waveform.</param>
    public virtual ModelSettings WithNudge(NudgeWaveform waveform) => this;
}
