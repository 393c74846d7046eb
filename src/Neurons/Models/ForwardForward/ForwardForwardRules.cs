using Nudge.Numerics;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.State;
using Nudge.Synapses;

namespace Nudge.Models.ForwardForward;

/// <summary>ISD for Forward-Forward: each phase teaches by itself, and nothing is remembered.</summary>
public sealed record ForwardForwardIsdSettings : RuleSettings
{
    /// <inheritdoc/>
    public override RuleDefinition Rule => ForwardForwardIsd.Instance;
}

/// <summary>The traditional baseline: the first of two opposite phases is stored until the second has ended.</summary>
public sealed record ForwardForwardPairedSettings : RuleSettings
{
    /// <inheritdoc/>
    public override RuleDefinition Rule => ForwardForwardPaired.Instance;
}

internal sealed class ForwardForwardIsd : RuleDefinition<ForwardForwardIsdSettings>
{
    internal static readonly ForwardForwardIsd Instance = new();

    public override string Name => "isd";

    public override string Summary => "Signed importance times the gradient of the layer's goodness; nothing is remembered.";

    public override string Source => "Hinton 2022; Williams, Bredenberg and Lajoie 2023, §4.3";

    public override string? OwnModel => ForwardForwardModel.Word;

    public override bool HasOptimalB => true;

    public override bool GivesWholeGradients => true;

    protected override IPlasticityRule Create(ForwardForwardIsdSettings settings, RuleContext context) =>
        new ForwardForwardRule(context, pairs: false);
}

internal sealed class ForwardForwardPaired : RuleDefinition<ForwardForwardPairedSettings>
{
    internal static readonly ForwardForwardPaired Instance = new();

    public override string Name => "paired";

    public override string Summary => "The gradients of two opposite phases together, with the first one's state stored.";

    public override string Source => "Hinton 2022";

    public override string? OwnModel => ForwardForwardModel.Word;

    public override bool ComparesPhases => true;

    public override bool WeighsPolaritiesAlike => true;

    public override bool LearnsFromOppositePhases => true;

    public override bool NeedsAlternatingPhases => true;

    public override bool GivesWholeGradients => true;

    public override IReadOnlyList<CarriedDeclaration> Carries { get; } =
    [
        new("ForwardForwardRule._pair", "stored state", "A pair of opposite phases teaches together."),
    ];

    public override void Check(RuleCheck check)
    {
        if (check.Phases.Order != PhaseOrder.Alternating)
            check.Findings.Error("phases.order", "a pair has one phase of each polarity; expected alternating");
    }

    protected override IPlasticityRule Create(ForwardForwardPairedSettings settings, RuleContext context) =>
        new ForwardForwardRule(context, pairs: true);
}

/// <summary>
/// Forward-Forward at one layer (Hinton 2022; seed paper §4.3): goodness g = mean(h²) should exceed ϑ in positive phases and
/// stay below it in negative ones. ΔW = η·G·α·σ(±α(ϑ − g))·∂g/∂W with the sharpness α and ∂g/∂W_ij = (2/n)·h_i·x_j/‖x‖ and the signed importance
/// G, whose sign makes the negative phase anti-Hebbian. As <c>isd</c> each phase teaches by itself. As <c>paired</c>, the
/// traditional baseline, the first of two opposite phases is stored until the second has ended.
/// </summary>
internal sealed class ForwardForwardRule : IPlasticityRule
{
    private readonly bool _gate;
    private readonly float _threshold;
    private readonly float _sharpness;
    private readonly float _scale;
    private readonly int _lanes;
    private readonly int _count;
    private readonly float[] _post;
    private readonly float[] _biasPost;
    private readonly PhasePair? _pair;

    internal ForwardForwardRule(RuleContext context, bool pairs)
    {
        _gate = context.Gate;
        var model = (ForwardForwardSettings)context.Model;
        (_threshold, _sharpness) = ((float)model.Threshold, (float)model.Sharpness);
        _lanes = context.Lanes;
        _scale = context.UpdateScale;
        _count = context.Slice.Count;
        _post = new float[_lanes * context.Stride];
        _biasPost = new float[_post.Length];
        _pair = pairs ? new(context) : null;
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

        SynapseView synapses = here.Synapses[0];
        float rate = synapses.NextRate() * _scale;
        float biasRate = here.Bias.NextRate() * _scale;
        VectorKernels.Scale(_post, rate);
        VectorKernels.Scale(_biasPost, biasRate);
        if (_pair is null)
        {
            synapses.Learn(_post);
            here.Bias.Learn(_biasPost);
        }
        else
        {
            _pair.Apply(here, _post, _biasPost, rate, biasRate);
        }

        return LearningOutcome.Learned;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_pair is not null)
            state.Section(1, "pair", _pair);
    }

    private void Weigh(in LocalSignals here)
    {
        ReadOnlySpan<float> received = here.Synapses[0].Received;
        int sources = received.Length / _lanes;
        for (int lane = 0; lane < _lanes; lane++)
        {
            ReadOnlySpan<float> activity = here.Activity.Slice(lane * here.Stride, here.Stride);
            float importance = here.Phase.Importance[lane];
            float goodness = VectorKernels.SumOfSquares(activity) / _count;
            float doubt = FloatFunctions.Sigmoid(_sharpness * (importance > 0 ? _threshold - goodness : goodness - _threshold));
            float factor = importance * doubt * 2 * _sharpness / _count;
            VectorKernels.Scale(activity, factor, _biasPost.AsSpan(lane * here.Stride, here.Stride));
            float scale = InputScale.Of(received.Slice(lane * sources, sources));
            VectorKernels.Scale(activity, factor * scale, _post.AsSpan(lane * here.Stride, here.Stride));
        }
    }
}
