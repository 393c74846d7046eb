using System.ComponentModel.DataAnnotations;

namespace Nudge.Plasticity;

/// <summary>The family of models.</summary>
public enum ModelKind
{
    /// <summary>Equilibrium propagation (Scellier and Bengio 2017); with clamped outputs contrastive Hebbian learning.</summary>
    EquilibriumPropagation,
}

/// <summary>What the positive phase does to the output.</summary>
public enum OutputDrive
{
    /// <summary>Pulls it by β(y − s).</summary>
    Nudged,

    /// <summary>Holds it at the target: contrastive Hebbian learning (Movellan 1991).</summary>
    Clamped,
}

/// <summary>What the negative phase does to the output.</summary>
public enum NegativePhase
{
    /// <summary>Nothing.</summary>
    Free,

    /// <summary>Pushes it away by −β(y − s): centred equilibrium propagation (Laborieux et al. 2021).</summary>
    Opposed,
}

/// <summary>The model of an experiment file.</summary>
public sealed record ModelSettings
{
    /// <summary>The family of models.</summary>
    public ModelKind Kind { get; init; } = ModelKind.EquilibriumPropagation;

    /// <summary>Nudge strength β.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Beta { get; init; } = 1;

    /// <summary>What the positive phase does to the output.</summary>
    public OutputDrive Output { get; init; } = OutputDrive.Nudged;

    /// <summary>What the negative phase does to the output.</summary>
    public NegativePhase Negative { get; init; } = NegativePhase.Free;

    /// <summary>Whether β takes a random sign for every stimulus (Scellier and Bengio 2017, §5.2).</summary>
    public bool RandomSign { get; init; }

    /// <summary>The factor on every update: 1/β, for centred 1/(2β), for clamped outputs 1 (theory §4).</summary>
    public double UpdateScale => Output == OutputDrive.Clamped ? 1 :
        Negative == NegativePhase.Opposed ? 1 / (2 * Beta) : 1 / Beta;
}

/// <summary>The plasticity rule: which estimator of the contrastive gradient the synapses use.</summary>
public enum RuleKind
{
    /// <summary>Signed importance times the present statistic; nothing is remembered (theory §2).</summary>
    Isd,

    /// <summary>Signed importance times the change since the end of the previous phase; one snapshot (theory §3b).</summary>
    DifferentialIsd,

    /// <summary>The traditional baseline: the two phases' difference, with the first one's state stored.</summary>
    Paired,
}

/// <summary>When the rule <c>isd</c> learns.</summary>
public enum UpdateTiming
{
    /// <summary>Once, from the state at the end of the phase.</summary>
    PhaseEnd,

    /// <summary>All the time, in proportion to the elapsed local time (theory §3d).</summary>
    Continuous,
}

/// <summary>What the rule <c>isd</c> subtracts from the statistic to reduce its variance.</summary>
public enum BaselineKind
{
    /// <summary>Nothing: the paper's rule.</summary>
    None,

    /// <summary>What the input alone predicts at this instant (theory §3b; our extension).</summary>
    Dendritic,
}

/// <summary>How phase changes reach the populations.</summary>
public enum TagTransport
{
    /// <summary>On every activity message; the newest heard is adopted.</summary>
    PiggyBacked,

    /// <summary>By the coordinator, on links of their own.</summary>
    Broadcast,
}

/// <summary>Learning in an experiment file.</summary>
public sealed record LearningSettings
{
    /// <summary>The plasticity rule.</summary>
    public RuleKind Rule { get; init; } = RuleKind.DifferentialIsd;

    /// <summary>Whether a population learns only when all it heard belongs to its own phase (theory §3c).</summary>
    public bool Gate { get; init; } = true;

    /// <summary>How phase changes reach the populations.</summary>
    public TagTransport Tags { get; init; } = TagTransport.PiggyBacked;

    /// <summary>When the rule <c>isd</c> learns.</summary>
    public UpdateTiming Timing { get; init; } = UpdateTiming.PhaseEnd;

    /// <summary>What the rule <c>isd</c> subtracts on projections from the input that have no reverse copy.</summary>
    public BaselineKind Baseline { get; init; } = BaselineKind.None;

    /// <summary>Share of each weight that is lost at every update (Kolen and Pollack 1994).</summary>
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Decay { get; init; }
}
