using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Projections;

namespace Nudge.Plasticity;

/// <summary>
/// Forward-Forward at one layer (Hinton 2022; seed paper §4.3): goodness g = mean(h²) shall exceed ϑ in positive phases and
/// stay below it in negative ones. ΔW = η·G·σ(±(ϑ − g))·∂g/∂W with ∂g/∂W_ij = (2/n)·h_i·x_j/‖x‖ and the signed importance
/// G, whose sign makes the negative phase anti-Hebbian. As <c>isd</c> each phase teaches by itself. As <c>paired</c>, the
/// traditional baseline, the first of two opposite phases is stored until the second has ended.
/// </summary>
public sealed class ForwardForwardRule : IPlasticityRule
{
    private readonly bool _gate;
    private readonly bool _pairs;
    private readonly float _threshold;
    private readonly float _scale;
    private readonly int _lanes;
    private readonly int _count;
    private readonly float[] _post;
    private readonly float[] _biasPost;
    private readonly PhasePair? _pair;

    /// <summary>Makes the rule for one layer.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="slice">The layer.</param>
    public ForwardForwardRule(NetworkPlan plan, SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(slice);
        _gate = plan.Settings.Learning.Gate;
        _pairs = plan.Settings.Learning.Rule == RuleKind.Paired;
        _threshold = (float)plan.Settings.Model.Threshold;
        _lanes = plan.Settings.Lanes;
        _scale = (float)(plan.Settings.Model.UpdateScale / _lanes);
        _count = slice.Count;
        _post = new float[_lanes * PanelMatrix.Pad(slice.Count)];
        _biasPost = new float[_post.Length];
        _pair = _pairs ? new(plan, slice) : null;
    }

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => LearningOutcome.Nothing;

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        if (!here.Phase.Learns)
            return LearningOutcome.Nothing;
        if (_gate && !here.Coherent)
            return LearningOutcome.Gated;
        Weigh(here);
        if (_pair is not null && !_pair.Completes(here.Phase))
        {
            _pair.Keep(here, _post, _biasPost);
            return LearningOutcome.Nothing;
        }

        SynapseGroup synapses = here.Synapses[0];
        float rate = synapses.NextRate() * _scale;
        float biasRate = here.Bias.NextRate() * _scale;
        VectorKernels.Scale(_post, rate);
        VectorKernels.Scale(_biasPost, biasRate);
        if (_pair is null)
        {
            synapses.LearnFromHeard(_post);
            here.Bias.Learn(_biasPost);
        }
        else
        {
            _pair.Apply(here, _post, _biasPost, rate, biasRate);
        }

        return LearningOutcome.Learned;
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => _pair?.Save(writer);

    /// <inheritdoc/>
    public void Restore(BinaryReader reader) => _pair?.Restore(reader);

    private void Weigh(in LocalSignals here)
    {
        ReadOnlySpan<float> heard = here.Synapses[0].Heard;
        int sources = heard.Length / _lanes;
        for (int lane = 0; lane < _lanes; lane++)
        {
            ReadOnlySpan<float> activity = here.Activity.Slice(lane * here.Stride, here.Stride);
            float importance = here.Phase.Importance[lane];
            float goodness = VectorKernels.SumOfSquares(activity) / _count;
            float doubt = FloatFunctions.Sigmoid(importance > 0 ? _threshold - goodness : goodness - _threshold);
            float factor = importance * doubt * 2 / _count;
            VectorKernels.Scale(activity, factor, _biasPost.AsSpan(lane * here.Stride, here.Stride));
            float scale = InputScale.Of(heard.Slice(lane * sources, sources));
            VectorKernels.Scale(activity, factor * scale, _post.AsSpan(lane * here.Stride, here.Stride));
        }
    }
}
