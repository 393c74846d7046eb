using Nudge.Networks;
using Nudge.Numerics;

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
    private readonly ChangeLearning _change;
    private readonly float[] _importance;
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
        int lanes = plan.Settings.Lanes;
        _change = new(lanes, PanelMatrix.Pad(slice.Count), (float)(plan.Settings.Model.UpdateScale / lanes));
        _importance = new float[lanes];
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
        for (int lane = 0; lane < _importance.Length; lane++)
        {
            float g = here.Phase.Importance[lane];
            _importance[lane] = _oppositeOnly && g * _snapshot.Importance[lane] >= 0 ? 0 : g;
        }

        _change.Learn(here, _snapshot, _importance);
        return LearningOutcome.Learned;
    }
}
