using System.ComponentModel.DataAnnotations;

namespace Nudge.Plasticity;

/// <summary>The family of models (theory §4).</summary>
public enum ModelKind
{
    /// <summary>Leaky rate units; the output is nudged (Scellier and Bengio 2017).</summary>
    EquilibriumPropagation,

    /// <summary>Leaky rate units; the output is held at its target in the positive phase (Movellan 1991; Xie and Seung 2003).</summary>
    ContrastiveHebbian,

    /// <summary>
    /// Binary units that are sampled (Hinton 2002). The input population is the visible one, and an output population
    /// holds the label: both are clamped in the positive phase and free in the negative. A projection from a population
    /// to itself couples its units, which are then sampled one after another.
    /// </summary>
    BoltzmannMachine,

    /// <summary>Layers that tell right labels from wrong ones by their goodness (Hinton 2022).</summary>
    ForwardForward,
}

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

/// <summary>Where the wrong labels of Forward-Forward come from.</summary>
public enum NegativeLabels
{
    /// <summary>Any label but the right one, all alike.</summary>
    Wrong,

    /// <summary>The label of some other example, which is the right one by chance (as in the seed paper's experiments).</summary>
    Permuted,

    /// <summary>
    /// A wrong label drawn from a softmax of the goodness that each of them reaches: the coordinator first asks the network
    /// for the goodness of every label.
    /// </summary>
    ByGoodness,
}

/// <summary>The model of an experiment file.</summary>
public sealed record ModelSettings
{
    /// <summary>The family of models.</summary>
    public ModelKind Kind { get; init; } = ModelKind.EquilibriumPropagation;

    /// <summary>Nudge strength β of equilibrium propagation.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Beta { get; init; } = 1;

    /// <summary>What the positive phase does to the output of equilibrium propagation.</summary>
    public OutputDrive Output { get; init; } = OutputDrive.Nudged;

    /// <summary>What the negative phase does to the output of equilibrium propagation.</summary>
    public NegativePhase Negative { get; init; } = NegativePhase.Free;

    /// <summary>Whether β takes a random sign for every stimulus (Scellier and Bengio 2017, §5.2).</summary>
    public bool RandomSign { get; init; }

    /// <summary>The factor on the energy of a Boltzmann machine: 1/T.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double InverseTemperature { get; init; } = 1;

    /// <summary>The goodness ϑ that Forward-Forward wants exceeded by right labels only.</summary>
    [Range(0, 1e6)]
    public double Threshold { get; init; } = 2;

    /// <summary>The value of the label's pixel in Forward-Forward; the other label pixels are 0.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double LabelValue { get; init; } = 5;

    /// <summary>Where the wrong labels of Forward-Forward come from.</summary>
    public NegativeLabels Negatives { get; init; } = NegativeLabels.Wrong;

    /// <summary>Whether the positive phase holds the output at its target.</summary>
    public bool ClampsOutput => Kind == ModelKind.ContrastiveHebbian || Output == OutputDrive.Clamped;

    /// <summary>
    /// The factor on every update: 1/β, for centred 1/(2β), for clamped outputs 1, for Boltzmann machines the inverse
    /// temperature (theory §4).
    /// </summary>
    public double UpdateScale => Kind switch
    {
        ModelKind.BoltzmannMachine => InverseTemperature,
        ModelKind.ForwardForward => 1,
        _ when ClampsOutput => 1,
        _ => Negative == NegativePhase.Opposed ? 1 / (2 * Beta) : 1 / Beta,
    };
}
