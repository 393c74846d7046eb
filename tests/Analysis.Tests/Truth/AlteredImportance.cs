using Nudge.Plasticity;
using Nudge.Signals;
using Nudge.State;

namespace Nudge.Analysis.Tests.Truth;

/// <summary>A rule with a planted fault: it learns under another importance than the phase has.</summary>
internal sealed class AlteredImportance(IPlasticityRule inner, Func<float, float> alter) : IPlasticityRule
{
    public static RuleMaker Of(Func<float, float> alter) =>
        context => new AlteredImportance(RuleFactory.Create(context), alter);

    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => inner.Elapse(Alter(here), elapsed);

    public LearningOutcome EndPhase(in LocalSignals here) => inner.EndPhase(Alter(here));

    public void Describe(StateSection state) => inner.Describe(state);

    private LocalSignals Alter(in LocalSignals here)
    {
        float[] altered = [.. here.Phase.Importance.ToArray().Select(alter)];
        return new()
        {
            Activity = here.Activity,
            Stride = here.Stride,
            Phase = new PhaseTag(here.Phase.Phase, here.Phase.Stimulus, altered),
            Coherent = here.Coherent,
            Synapses = here.Synapses,
            Bias = here.Bias,
        };
    }
}
