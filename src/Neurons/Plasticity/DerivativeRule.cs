using Nudge.Networks;
using Nudge.Numerics;

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
    private readonly ChangeLearning _change;
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
        int lanes = plan.Settings.Lanes;
        _change = new(lanes, PanelMatrix.Pad(slice.Count), (float)(plan.Settings.Model.UpdateScale / lanes));
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
            _change.Learn(here, _last, here.Phase.Importance);
        _last.Take(here);
        return _teaches ? LearningOutcome.Learned : LearningOutcome.Nothing;
    }
}
