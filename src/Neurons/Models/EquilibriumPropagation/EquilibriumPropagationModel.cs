using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;

namespace Nudge.Models.EquilibriumPropagation;

/// <summary>What the positive phase does to the output.</summary>
public enum OutputDrive
{
    /// <summary>Pulls it by β(y − s).</summary>
    Nudged,

    /// <summary>Holds it at the target: contrastive Hebbian learning (Movellan 1991).</summary>
    Clamped,

    /// <summary>
    /// Holds it a share β of the way from where it stood when the phase began to the target: coupled learning (Stern,
    /// Hexner, Rocks and Liu 2021, eq. 3). It stood where a free phase had left it, so phases alternate.
    /// </summary>
    Coupled,
}

/// <summary>What the negative phase does to the output.</summary>
public enum NegativePhase
{
    /// <summary>Nothing.</summary>
    Free,

    /// <summary>Pushes it away by −β(y − s): centred equilibrium propagation (Laborieux et al. 2021).</summary>
    Opposed,
}

/// <summary>
/// Equilibrium propagation (Scellier and Bengio 2017; theory §4): leaky rate units relax, and the output is nudged towards
/// its target in the positive phase.
/// </summary>
public sealed record EquilibriumPropagationSettings : ModelSettings
{
    /// <summary>Nudge strength β.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Beta { get; init; } = 1;

    /// <summary>What the positive phase does to the output.</summary>
    public OutputDrive Output { get; init; } = OutputDrive.Nudged;

    /// <summary>What the negative phase does to the output.</summary>
    public NegativePhase Negative { get; init; } = NegativePhase.Free;

    /// <summary>Whether β takes a random sign for every stimulus (Scellier and Bengio 2017, §5.2).</summary>
    public bool RandomSign { get; init; }

    /// <summary>
    /// Factor γ on what a population receives from above. Below 1 it damps the loop of forward and backward weights, so that
    /// the network keeps one state of rest while weights grow (theory §4; Liu and Chen 2026).
    /// </summary>
    [Range(0, 1, MinimumIsExclusive = true)]
    public double Feedback { get; init; } = 1;

    /// <summary>
    /// How the strength of the nudge goes on within a phase. Anything but constant is for rules that find the contrast in the
    /// course of one phase, such as oscillation.
    /// </summary>
    public NudgeSettings Nudge { get; init; } = NudgeSettings.Constant;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => EquilibriumPropagationModel.Instance;

    /// <inheritdoc/>
    public override ModelTraits Traits { get; } =
        new(EquilibriumPropagationModel.Word) { InputPredictsActivity = true, HasNudgeWaveform = true };

    /// <inheritdoc/>
    public override bool DrawsNudgeSign => RandomSign;

    /// <inheritdoc/>
    public override NudgeSettings NudgeInPhase => Nudge;

    /// <summary>
    /// The factor on every update: 1/β, for centred 1/(2β), for clamped outputs 1 (theory §4); for an oscillation 2/β, which
    /// makes the derivative of its first Fourier coefficient (theory §3e).
    /// </summary>
    public override double UpdateScale => Output == OutputDrive.Clamped ? 1
        : Nudge.Waveform == NudgeWaveform.Oscillating ? 2 / Beta
        : Negative == NegativePhase.Opposed ? 1 / (2 * Beta)
        : 1 / Beta;

    /// <inheritdoc/>
    public override ModelSettings WithNudge(NudgeWaveform waveform) => this with { Nudge = Nudge with { Waveform = waveform } };
}

/// <summary>The definition of the model.</summary>
public sealed class EquilibriumPropagationModel : ModelDefinition
{
    internal const string Word = "equilibrium-propagation";
    private const double LeastIsdBeta = 0.5;

    internal static readonly EquilibriumPropagationModel Instance = new();

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override string Summary => "Leaky rate units that relax; the positive phase nudges the output towards its target.";

    /// <inheritdoc/>
    public override string Source => "Scellier and Bengio 2017; Laborieux et al. 2021; Stern et al. 2021";

    /// <inheritdoc/>
    public override Type SettingsType => typeof(EquilibriumPropagationSettings);

    /// <inheritdoc/>
    public override ModelSettings Defaults { get; } = new EquilibriumPropagationSettings();

    /// <inheritdoc/>
    public override bool NeedsOutput => true;

    /// <inheritdoc/>
    public override bool TakesTargets => true;

    /// <inheritdoc/>
    public override bool Settles => true;

    /// <inheritdoc/>
    public override PopulationSlice CreateSlice(SliceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var settings = (EquilibriumPropagationSettings)context.Rule.Model;
        return new LeakySlice(context, settings.Output == OutputDrive.Coupled, settings.Feedback);
    }

    /// <inheritdoc/>
    public override Curriculum CreateCurriculum(CurriculumContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var settings = (EquilibriumPropagationSettings)context.Model;
        float beta = (float)settings.Beta;
        return new TargetCurriculum(
            context,
            settings.Output == OutputDrive.Clamped ? float.PositiveInfinity : beta,
            settings.Negative == NegativePhase.Opposed ? -beta : 0);
    }

    /// <inheritdoc/>
    public override void Check(ModelCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        var settings = (EquilibriumPropagationSettings)check.Settings;
        RuleDefinition rule = check.Rule.Rule;
        IFindings findings = check.Findings;
        if (settings.Output == OutputDrive.Coupled)
            CheckCoupled(check, settings, rule);
        if (settings is { Output: OutputDrive.Clamped, Negative: NegativePhase.Opposed })
            findings.Error("model.negative", "a clamped output has no opposite; expected free, or output: nudged");
        if (settings.RandomSign && !rule.LearnsFromOppositePhases)
        {
            findings.Error(
                "model.randomSign",
                "only paired phases share the sign of β; expected false, or learning.rule: paired");
        }

        if (settings is { RandomSign: true, Output: OutputDrive.Clamped })
            findings.Error("model.randomSign", "a clamped output has no sign of β; expected false, or output: nudged");
        NudgeCheck.Run(check, settings);
        if (!rule.ComparesPhases && settings is { Output: OutputDrive.Nudged, Beta: < LeastIsdBeta, Nudge.IsConstant: true })
        {
            findings.Warn(
                "model.beta",
                $"the variance of {rule.Name} grows as β falls, and below 0.5 " +
                "it drowns the signal: use β near 1, or output: clamped");
        }
    }

    private static void CheckCoupled(ModelCheck check, EquilibriumPropagationSettings settings, RuleDefinition rule)
    {
        if (check.Phases.Order != PhaseOrder.Alternating || !rule.ComparesPhases)
        {
            check.Findings.Error(
                "model.output",
                "coupled learning holds the output near where a free phase left it; expected phases.order: alternating and a "
                + "rule that compares phases, such as paired");
        }

        if (settings.Beta > 1)
        {
            check.Findings.Error(
                "model.beta", $"{settings.Beta} would hold the output beyond its target; expected at most 1");
        }
    }
}
