using Nudge.Phases;
using Nudge.Signals;
using Nudge.State;
using Nudge.Synapses;

namespace Nudge.Plasticity;

/// <summary>Everything that a synapse may read at an update (theory §5). There is no way from here to anything else.</summary>
public readonly ref struct LocalSignals
{
    /// <summary>
    /// The post-synaptic factor of the local statistic, ρ(s) of the own units unless the model defines another: lanes ×
    /// stride.
    /// </summary>
    public required ReadOnlySpan<float> Activity { get; init; }

    /// <summary>
    /// The post-synaptic factor at projections that carry a second value of each source: lanes × stride; empty in models whose
    /// units send one value.
    /// </summary>
    public ReadOnlySpan<float> FeedbackActivity { get; init; }

    /// <summary>Padded units per lane.</summary>
    public required int Stride { get; init; }

    /// <summary>The phase that arrived, with its signed importance.</summary>
    public required PhaseTag Phase { get; init; }

    /// <summary>Local time since the own population took in this phase, in τ.</summary>
    public double TimeInPhase { get; init; }

    /// <summary>Whether all that was received belongs to this phase (theory §3c).</summary>
    public required bool Coherent { get; init; }

    /// <summary>The own synapses, with what arrived through them.</summary>
    public required SynapseViews Synapses { get; init; }

    /// <summary>The own biases.</summary>
    public required BiasView Bias { get; init; }

    /// <summary>The post-synaptic factor of the local statistic at one projection: lanes × stride.</summary>
    /// <param name="synapses">One of <see cref="Synapses"/>.</param>
    public ReadOnlySpan<float> PostsynapticOf(SynapseView synapses) =>
        synapses.Channel == 0 ? Activity : FeedbackActivity;
}

/// <summary>What a rule did at the end of a phase.</summary>
public enum LearningOutcome
{
    /// <summary>There was nothing to learn from.</summary>
    Nothing,

    /// <summary>Weights changed.</summary>
    Learned,

    /// <summary>The coherence gate held it back.</summary>
    Gated,
}

/// <summary>A plasticity rule: changes the synapses of one slice from local signals.</summary>
public interface IPlasticityRule : IStateful
{
    /// <summary>Learns over a stretch of local time within a phase.</summary>
    /// <param name="here">What the synapses may read.</param>
    /// <param name="elapsed">Local time since the last call, in τ.</param>
    LearningOutcome Elapse(in LocalSignals here, float elapsed);

    /// <summary>Learns at the end of a phase, when the first message of a newer one has arrived.</summary>
    /// <param name="here">What the synapses may read, before anything of the newer phase was taken in.</param>
    LearningOutcome EndPhase(in LocalSignals here);

    /// <summary>Mean squared lengths of what it teaches with, where they are measured; else null.</summary>
    SecondMoments? SecondMoments => null;

    /// <summary>Saves or restores what the rule carries; a rule that carries nothing need not implement it.</summary>
    /// <param name="state">The section of the rule.</param>
    void IStateful.Describe(StateSection state)
    {
    }
}
