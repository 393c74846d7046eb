using System.ComponentModel.DataAnnotations;

namespace Nudge.Plasticity;

/// <summary>The plasticity rule: which estimator of the contrastive gradient the synapses use.</summary>
public enum RuleKind
{
    /// <summary>Signed importance times the present statistic; nothing is remembered (theory §2).</summary>
    Isd,

    /// <summary>Signed importance times the change since the end of the previous phase; one snapshot (theory §3b).</summary>
    DifferentialIsd,

    /// <summary>Signed importance times the change since the last step; one step is remembered (theory §3b).</summary>
    DerivativeIsd,

    /// <summary>
    /// Continual equilibrium propagation (Ernoult et al. 2020): the change since the last step, in the nudged phase alone,
    /// after a free phase of the same stimulus.
    /// </summary>
    ContinualEp,

    /// <summary>
    /// The traditional baseline: the two phases' difference, with the first one's state stored. For a Boltzmann machine
    /// this is contrastive divergence, with as many steps as a phase has.
    /// </summary>
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

/// <summary>What a synapse of a Boltzmann machine takes as the activity of its own unit.</summary>
public enum UnitStatistic
{
    /// <summary>The sample: 0 or 1.</summary>
    Sample,

    /// <summary>The probability that the sample was drawn with: the same mean with less variance.</summary>
    Probability,
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

    /// <summary>Phases whose updates are summed before they are applied together; 1 applies each at once.</summary>
    [Range(1, 1_000_000)]
    public int Batch { get; init; } = 1;

    /// <summary>What a Boltzmann machine's synapse takes as the activity of its own unit.</summary>
    public UnitStatistic Statistic { get; init; } = UnitStatistic.Sample;

    /// <summary>
    /// Share of the running means that each step of a Boltzmann machine renews; both ends of a synapse are taken relative
    /// to them. 0 for no centring.
    /// </summary>
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Centring { get; init; }

    /// <summary>Sparsity of a Boltzmann machine's hidden units.</summary>
    public SparsitySettings Sparsity { get; init; } = new();

    /// <summary>How gradients become changes of weights.</summary>
    public OptimiserSettings Optimiser { get; init; } = new();

    /// <summary>Whether weights change within phases and not only at their ends.</summary>
    public bool LearnsWithinPhases =>
        Timing == UpdateTiming.Continuous || Rule is RuleKind.DerivativeIsd or RuleKind.ContinualEp;

    /// <summary>Whether a stimulus's first phase teaches nothing, because the rule compares phases.</summary>
    public bool ComparesPhases => Rule != RuleKind.Isd;
}
