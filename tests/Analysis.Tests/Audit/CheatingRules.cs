using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Analysis.Tests.Audit;

/// <summary>A rule that learns like the simplest ISD, and gives its heirs a place to cheat.</summary>
internal class PlainRule : IPlasticityRule
{
    private readonly float[] _post = new float[64];

    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => LearningOutcome.Nothing;

    public virtual LearningOutcome EndPhase(in LocalSignals here)
    {
        if (!here.Phase.Learns)
            return LearningOutcome.Nothing;
        for (int k = 0; k < here.Synapses.Length; k++)
        {
            SynapseView synapses = here.Synapses[k];
            float rate = synapses.NextRate() * here.Phase.Importance[0];
            for (int i = 0; i < here.Stride; i++)
                _post[i] = rate * here.Activity[i] * Factor(here);
            synapses.Learn(_post.AsSpan(0, here.Stride));
        }

        return LearningOutcome.Learned;
    }

    protected virtual float Factor(in LocalSignals here) => 1;
}

/// <summary>Keeps the phase's trace in an array and empties it at its end, as it may.</summary>
internal sealed class TracingRule : PlainRule
{
    private readonly float[] _trace = new float[4];
    private float _scratch;

    public override LearningOutcome EndPhase(in LocalSignals here)
    {
        _trace[0] += here.Activity[0];
        _scratch = here.Activity[0];
        LearningOutcome outcome = base.EndPhase(here);
        Array.Clear(_trace);
        return outcome;
    }

    protected override float Factor(in LocalSignals here) => 1 + _trace[0] + _scratch;
}

internal sealed class RememberingRule : PlainRule
{
    private readonly float[] _memory = new float[3];

    public override LearningOutcome EndPhase(in LocalSignals here)
    {
        LearningOutcome outcome = base.EndPhase(here);
        _memory[1] = here.Activity[0] + 1;
        return outcome;
    }

    protected override float Factor(in LocalSignals here) => 1 + _memory[1];
}

/// <summary>Keeps the same twice, so that taking one of them away changes nothing.</summary>
internal sealed class DoublyRememberingRule : PlainRule
{
    private readonly List<float> _copy = [];
    private float _memory = -1;

    public override LearningOutcome EndPhase(in LocalSignals here)
    {
        LearningOutcome outcome = base.EndPhase(here);
        _memory = here.Activity[0] + 1;
        _copy.Clear();
        _copy.Add(_memory);
        return outcome;
    }

    protected override float Factor(in LocalSignals here) =>
        _memory >= 0 ? _memory : _copy.Count > 0 && _copy[0] >= 0 ? _copy[0] : 1;
}

internal sealed class StaticRule : PlainRule
{
    private static readonly float[] Memory = new float[1];

    protected override float Factor(in LocalSignals here) => Memory[0]++;
}

internal static class Elsewhere
{
    public static float Memory { get; set; }
}

internal sealed class ElsewhereRule : PlainRule
{
    protected override float Factor(in LocalSignals here) => Elsewhere.Memory++;
}

internal sealed class EnvironmentRule : PlainRule
{
    protected override float Factor(in LocalSignals here)
    {
        Environment.SetEnvironmentVariable("AUDIT_OF_NUDGE", "1");
        return 1;
    }
}

internal sealed class SeedRule(NetworkPlan plan) : PlainRule
{
    protected override float Factor(in LocalSignals here) =>
        new PhaseSchedule(plan.Settings.Seed, plan.Settings.Phases, plan.Polarity, 1, 1)
            .IsPositive(here.Phase.Phase.Number + 1, 0, 0) ? 1 : 2;
}

internal sealed class ClosureRule(Func<float, float> recall) : PlainRule
{
    protected override float Factor(in LocalSignals here) => recall(here.Activity[0]);
}

internal sealed class SharingRule(float[] board) : PlainRule
{
    protected override float Factor(in LocalSignals here) => board[0]++;
}

internal sealed class NeighbourRule(PopulationSlice other) : PlainRule
{
    protected override float Factor(in LocalSignals here) => 1 + other.Steps;
}

internal sealed class HoldingRule(object held) : PlainRule
{
    protected override float Factor(in LocalSignals here) => held.GetHashCode() == 0 ? 2 : 1;
}

internal sealed class PaddingRule : PlainRule
{
    public override LearningOutcome EndPhase(in LocalSignals here)
    {
        float[] post = new float[here.Stride];
        post[^1] = here.Activity[0] + 1;
        here.Synapses[0].Learn(post);
        return base.EndPhase(here);
    }
}

internal sealed class BiasPaddingRule : PlainRule
{
    public override LearningOutcome EndPhase(in LocalSignals here)
    {
        float[] post = new float[here.Stride];
        post[^1] = 1;
        here.Bias.Learn(post);
        return base.EndPhase(here);
    }
}

internal sealed class CountingRule : PlainRule
{
    public override LearningOutcome EndPhase(in LocalSignals here)
    {
        for (int i = 0; i < 3; i++)
            here.Synapses[0].NextRate();
        return base.EndPhase(here);
    }
}

/// <summary>Writes through a span that was given to be read.</summary>
internal sealed class ForgingRule : PlainRule
{
    public override unsafe LearningOutcome EndPhase(in LocalSignals here)
    {
        fixed (float* received = here.Synapses[0].Received)
            received[0]++;
        return base.EndPhase(here);
    }
}

internal sealed class PrivateSynapsesRule(NetworkPlan plan, SlicePlan slice) : PlainRule
{
    private readonly SynapseGroup _notebook = new(
        new(Seed: 1, Lanes: 1, RateFactor: 1, Decay: 0, Batch: 1, new(), new(), ExpectedUpdates: 1, ActivityIsOftenZero: false),
        plan.Afferents(slice.Population).First(),
        slice);

    protected override float Factor(in LocalSignals here) => 1 + _notebook.Weights[0, 0];
}
