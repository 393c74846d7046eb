using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Projections;

namespace Nudge.Plasticity;

/// <summary>
/// Importance sampling, discrete (Williams, Bredenberg and Lajoie 2023, eq. 5; theory §2): ΔW = η·g·ρ_i·ρ_j with the signed
/// importance g = +1/b or −1/(1−b). Nothing is remembered from any other phase. With the dendritic baseline, projections
/// from the input use g·(ρ_i − ρ(b_i + Σ_input W x))·x_j: the prediction does not depend on the sign drawn, so the mean
/// stays and the variance falls (theory §3b; an extension of ours).
/// </summary>
public sealed class IsdRule : IPlasticityRule
{
    private readonly LearningSettings _learning;
    private readonly Activation _activation;
    private readonly float _scale;
    private readonly float _meanLength;
    private readonly int _lanes;
    private readonly float[] _post;
    private readonly float[] _prediction;

    /// <summary>Makes the rule for one slice.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="slice">The slice.</param>
    public IsdRule(NetworkPlan plan, SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(slice);
        _learning = plan.Settings.Learning;
        _activation = slice.Population.Settings.Activation;
        _lanes = plan.Settings.Lanes;
        _scale = (float)(plan.Settings.Model.UpdateScale / _lanes);
        _meanLength = (float)plan.Settings.Phases.Length.Mean;
        _post = new float[_lanes * PanelMatrix.Pad(slice.Count)];
        _prediction = new float[_post.Length];
    }

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) =>
        _learning.Timing == UpdateTiming.Continuous ? Learn(here, elapsed / _meanLength) : LearningOutcome.Nothing;

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here) =>
        _learning.Timing == UpdateTiming.PhaseEnd ? Learn(here, 1) : LearningOutcome.Nothing;

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
    }

    private LearningOutcome Learn(in LocalSignals here, float share)
    {
        if (!here.Phase.Learns)
            return LearningOutcome.Nothing;
        if (_learning.Gate && !here.Coherent)
            return LearningOutcome.Gated;
        bool biasFollowsInput = false;
        foreach (SynapseGroup synapses in here.Synapses)
        {
            bool predicted = _learning.Baseline == BaselineKind.Dendritic && synapses.IsFromInput;
            if (predicted)
                Predict(here, synapses);
            biasFollowsInput |= predicted;
            Weigh(here, synapses.Rate.Next() * _scale * share, predicted);
            synapses.LearnFromHeard(_post);
        }

        Weigh(here, here.Bias.Rate.Next() * _scale * share, biasFollowsInput);
        here.Bias.Learn(_post);
        return LearningOutcome.Learned;
    }

    private void Predict(in LocalSignals here, SynapseGroup synapses)
    {
        synapses.RefreshCurrent();
        synapses.Current.CopyTo(_prediction);
        for (int lane = 0; lane < _lanes; lane++)
            VectorKernels.Add(here.Bias.Values, _prediction.AsSpan(lane * here.Stride, here.Stride));
        ActivationFunction.Apply(_activation, _prediction, _prediction);
    }

    private void Weigh(in LocalSignals here, float rate, bool predicted)
    {
        for (int lane = 0; lane < _lanes; lane++)
        {
            float factor = rate * here.Phase.Importance[lane];
            int first = lane * here.Stride;
            for (int i = first; i < first + here.Stride; i++)
                _post[i] = factor * (predicted ? here.Activity[i] - _prediction[i] : here.Activity[i]);
        }
    }
}
