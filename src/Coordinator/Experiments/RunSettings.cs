using System.ComponentModel.DataAnnotations;

namespace Nudge.Experiments;

/// <summary>How the likelihood of a Boltzmann or Helmholtz machine is found at every evaluation, from outside and for the record only.</summary>
public enum LikelihoodOracle
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Exactly, by enumerating the smaller side, or the hidden layers of a Helmholtz machine: at most 20 units.</summary>
    Exact,

    /// <summary>By annealed importance sampling (Neal 2001; Salakhutdinov and Murray 2008), with a standard error.</summary>
    Annealed,
}

/// <summary>The length of a run, counted in presentations: one stimulus in one lane, held for its phases.</summary>
public sealed record RunSettings
{
    /// <summary>Presentations in the whole run; with several lanes rounded up to a multiple of them.</summary>
    [Range(1, 1e12)]
    public long Presentations { get; init; } = 10_000;

    /// <summary>
    /// How many stimuli of one class come in a row before those of another class, each class once a round; 0 for examples of all classes
    /// mixed. With it stimuli are correlated in time, and a rule can forget.
    /// </summary>
    [Range(0, 1e9)]
    public int ClassBlock { get; init; }

    /// <summary>Presentations between two intermediate evaluations; 0 for one at the end only.</summary>
    [Range(0, 1e12)]
    public long EvaluateEvery { get; init; } = 5000;

    /// <summary>Held-out examples used at an intermediate evaluation; the last one uses all.</summary>
    [Range(1, 1_000_000)]
    public int EvaluateExamples { get; init; } = 1000;

    /// <summary>
    /// Length of each phase in which the network is asked and does not learn, in τ; by default the mean of the phases in training.
    /// </summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double? EvaluateLength { get; init; }

    /// <summary>
    /// Share of correct answers at which training ends before all presentations are made: at the first intermediate evaluation
    /// that reaches it. By default none does. <c>--until accuracy=0.9</c> sets it.
    /// </summary>
    [Range(0, 1, MinimumIsExclusive = true)]
    public double? UntilAccuracy { get; init; }

    /// <summary>
    /// How far each output may be from its target value for an answer to count as correct; only where examples have target values and no
    /// classes.
    /// </summary>
    [Range(0, 1e6)]
    public double Tolerance { get; init; } = 0.1;

    /// <summary>Presentations between two checkpoints; 0 for none.</summary>
    [Range(0, 1e12)]
    public long CheckpointEvery { get; init; } = 5000;

    /// <summary>
    /// Whether all weights are gathered at the end, written to weights.npz, and what needs the whole of them is measured:
    /// accuracy in lockstep, symmetry, likelihood, images. Without, no process needs room for the whole network.
    /// </summary>
    public bool Weights { get; init; } = true;

    /// <summary>
    /// How the likelihood of a Boltzmann or Helmholtz machine is found at every evaluation; by default exactly, where there are no
    /// labels to be judged by and the machine is small enough.
    /// </summary>
    public LikelihoodOracle? Likelihood { get; init; }

    /// <summary>
    /// Presentations between two readings of the truth meter, which compares the mean update with the exact gradient; 0 for
    /// none. For small networks only.
    /// </summary>
    [Range(0, 1e12)]
    public long TruthEvery { get; init; }

    /// <summary>Phases that a reading of the truth meter observes.</summary>
    [Range(20, 1e9)]
    public long TruthPhases { get; init; } = 2000;
}
