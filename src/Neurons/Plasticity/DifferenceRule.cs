using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Projections;
using Nudge.Signals;

namespace Nudge.Plasticity;

/// <summary>
/// ΔW = η·g·(ρ_i ρ_j at the end of this phase − ρ_i ρ_j at the end of the previous phase of the same stimulus).
/// As <c>differential-isd</c> (theory §3b; an extension of ours) every phase but a stimulus's first teaches, and because the
/// previous phase's sign is independent of g the mean is that of ISD. As <c>paired</c>, the traditional baseline, only a
/// phase whose polarity is opposite to the previous one teaches, with g = ±1. Carries one snapshot across phases.
/// </summary>
public sealed class DifferenceRule : IPlasticityRule
{
    private readonly bool _gate;
    private readonly bool _oppositeOnly;
    private readonly float _scale;
    private readonly int _lanes;
    private readonly float[] _post;
    private readonly float[] _before;
    private readonly Snapshot _snapshot;

    /// <summary>Makes the rule for one slice.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="oppositeOnly">Whether the rule is <c>paired</c>.</param>
    public DifferenceRule(NetworkPlan plan, SlicePlan slice, bool oppositeOnly)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(slice);
        _gate = plan.Settings.Learning.Gate;
        _oppositeOnly = oppositeOnly;
        _lanes = plan.Settings.Lanes;
        _scale = (float)(plan.Settings.Model.UpdateScale / _lanes);
        _post = new float[_lanes * PanelMatrix.Pad(slice.Count)];
        _before = new float[_post.Length];
        _snapshot = new(plan, slice);
    }

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => LearningOutcome.Nothing;

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        LearningOutcome outcome = Learn(here);
        if (here.Phase.Learns)
            _snapshot.Take(here);
        return outcome;
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => _snapshot.Save(writer);

    /// <inheritdoc/>
    public void Restore(BinaryReader reader) => _snapshot.Restore(reader);

    private LearningOutcome Learn(in LocalSignals here)
    {
        if (!here.Phase.Learns || !_snapshot.IsPreviousPhaseOf(here.Phase))
            return LearningOutcome.Nothing;
        if (_gate && !(here.Coherent && _snapshot.Coherent))
            return LearningOutcome.Gated;
        for (int k = 0; k < here.Synapses.Length; k++)
        {
            SynapseGroup synapses = here.Synapses[k];
            float rate = synapses.Rate.Next() * _scale;
            if (_snapshot.HeardTheSame(k, synapses))
            {
                WeighDifference(here, rate);
                synapses.LearnFromHeard(_post);
                continue;
            }

            Weigh(here.Phase, here.Activity, rate, here.Stride, _post);
            Weigh(here.Phase, _snapshot.Activity, -rate, here.Stride, _before);
            synapses.LearnFromHeard(_post);
            synapses.LearnFrom(_before, _snapshot.Heard(k));
        }

        WeighDifference(here, here.Bias.Rate.Next() * _scale);
        here.Bias.Learn(_post);
        return LearningOutcome.Learned;
    }

    private void WeighDifference(in LocalSignals here, float rate)
    {
        for (int lane = 0; lane < _lanes; lane++)
        {
            float factor = rate * Importance(here.Phase, lane);
            int first = lane * here.Stride;
            VectorKernels.ScaledDifference(
                here.Activity.Slice(first, here.Stride),
                _snapshot.Activity.Slice(first, here.Stride),
                factor,
                _post.AsSpan(first, here.Stride));
        }
    }

    private void Weigh(PhaseTag phase, ReadOnlySpan<float> activity, float rate, int stride, float[] post)
    {
        for (int lane = 0; lane < _lanes; lane++)
        {
            int first = lane * stride;
            VectorKernels.Scale(
                activity.Slice(first, stride), rate * Importance(phase, lane), post.AsSpan(first, stride));
        }
    }

    private float Importance(PhaseTag phase, int lane)
    {
        float g = phase.Importance[lane];
        return _oppositeOnly && g * _snapshot.Importance[lane] >= 0 ? 0 : g;
    }
}
