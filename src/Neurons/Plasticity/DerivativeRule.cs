using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Projections;

namespace Nudge.Plasticity;

/// <summary>
/// ΔW = η·g·(φ_t − φ_(t−1)) at every step, with φ = ρ_i ρ_j and nothing in a stimulus's first phase (theory §3b). As
/// <c>derivative-isd</c> (ours) it telescopes to the differential rule while weights stand still, yet remembers one step and
/// no phase. With alternating phases and g = 1 it is continual equilibrium propagation (Ernoult et al. 2020, eq. 8): a free
/// phase, then learning while the nudge works. Behind the gate, a step is compared with the last one that was coherent.
/// </summary>
public sealed class DerivativeRule : IPlasticityRule
{
    private readonly bool _gate;
    private readonly float _scale;
    private readonly int _lanes;
    private readonly float[] _post;
    private readonly float[] _before;
    private readonly Snapshot _last;
    private bool _teaches;

    /// <summary>Makes the rule for one slice.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="slice">The slice.</param>
    public DerivativeRule(NetworkPlan plan, SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(slice);
        _gate = plan.Settings.Learning.Gate;
        _lanes = plan.Settings.Lanes;
        _scale = (float)(plan.Settings.Model.UpdateScale / _lanes);
        _post = new float[_lanes * PanelMatrix.Pad(slice.Count)];
        _before = new float[_post.Length];
        _last = new(plan, slice);
    }

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => Learn(here);

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here) => Learn(here);

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _last.Save(writer);
        writer.Write(_teaches);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _last.Restore(reader);
        _teaches = reader.ReadBoolean();
    }

    private LearningOutcome Learn(in LocalSignals here)
    {
        if (!here.Phase.Learns)
            return LearningOutcome.Nothing;
        if (_gate && !here.Coherent)
            return LearningOutcome.Gated;
        bool begins = _last.Phase != here.Phase.Phase;
        if (begins)
            _teaches = _last.IsPreviousPhaseOf(here.Phase);
        if (_teaches)
            LearnChange(here);
        _last.Take(here);
        return _teaches ? LearningOutcome.Learned : LearningOutcome.Nothing;
    }

    private void LearnChange(in LocalSignals here)
    {
        for (int k = 0; k < here.Synapses.Length; k++)
        {
            SynapseGroup synapses = here.Synapses[k];
            float rate = synapses.Rate.Next() * _scale;
            if (_last.HeardTheSame(k, synapses))
            {
                WeighChange(here, rate);
                synapses.LearnFromHeard(_post);
                continue;
            }

            LaneWeights.Weigh(here.Phase, here.Activity, rate, here.Stride, _post);
            LaneWeights.Weigh(here.Phase, _last.Activity, -rate, here.Stride, _before);
            synapses.LearnFromHeard(_post);
            synapses.LearnFrom(_before, _last.Heard(k));
        }

        WeighChange(here, here.Bias.Rate.Next() * _scale);
        here.Bias.Learn(_post);
    }

    private void WeighChange(in LocalSignals here, float rate)
    {
        for (int lane = 0; lane < _lanes; lane++)
        {
            int first = lane * here.Stride;
            VectorKernels.ScaledDifference(
                here.Activity.Slice(first, here.Stride),
                _last.Activity.Slice(first, here.Stride),
                rate * here.Phase.Importance[lane],
                _post.AsSpan(first, here.Stride));
        }
    }
}
