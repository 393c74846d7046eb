using Nudge.Audit;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Signals;
using Nudge.State;

namespace Nudge.Truth;

/// <summary>
/// A rule that reports under which phase it learns: a slice learns from the end of a phase when it receives the next
/// one, so the coordinator's present phase would be the wrong one.
/// </summary>
/// <param name="inner">The rule.</param>
/// <param name="blocks">Which phases count.</param>
internal sealed class ObservedRule(IPlasticityRule inner, PhaseBlocks blocks) : IObservedRule
{
    private PhaseTag? _phase;

    /// <inheritdoc/>
    public IPlasticityRule Observed => inner;

    /// <summary>What the slice's synapses and biases learn goes here.</summary>
    internal List<PartSink> Sinks { get; } = [];

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed)
    {
        Enter(here.Phase);
        return inner.Elapse(here, elapsed);
    }

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        Enter(here.Phase);
        return inner.EndPhase(here);
    }

    /// <inheritdoc/>
    public SecondMoments? SecondMoments => inner.SecondMoments;

    /// <inheritdoc/>
    public void Describe(StateSection state) => inner.Describe(state);

    /// <summary>Delivers what was learned in the slice's present phase.</summary>
    internal void Flush()
    {
        if (_phase is null)
            return;
        int block = blocks.BlockOf(_phase);
        float importance = _phase.Importance[0];
        foreach (PartSink sink in Sinks)
            sink.Flush(block, importance);
    }

    private void Enter(PhaseTag phase)
    {
        if (phase.Phase == _phase?.Phase)
            return;
        Flush();
        _phase = phase;
    }
}
