using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Plasticity.Rules;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Models.HelmholtzMachine;

/// <summary>ISD for Helmholtz machines: wake-sleep learning in random phases; each phase teaches by itself.</summary>
public sealed record HelmholtzIsdSettings : RuleSettings
{
    /// <summary>When it learns.</summary>
    public UpdateTiming Timing { get; init; } = UpdateTiming.PhaseEnd;

    /// <inheritdoc/>
    public override RuleDefinition Rule => HelmholtzIsd.Instance;

    /// <inheritdoc/>
    public override bool LearnsWithinPhases => Timing == UpdateTiming.Continuous;
}

internal sealed class HelmholtzIsd : RuleDefinition<HelmholtzIsdSettings>
{
    internal static readonly HelmholtzIsd Instance = new();

    public override string Name => "isd";

    public override string Summary =>
        "Wake-sleep: the delta rule, at generative synapses in positive phases and at recognition synapses in negative ones.";

    public override string Source => "Hinton, Dayan, Frey and Neal 1995; Williams, Bredenberg and Lajoie 2023, eq. 5";

    public override string? OwnModel => HelmholtzMachineModel.Word;

    public override bool HasOptimalB => true;

    public override bool GivesWholeGradients => true;

    protected override IPlasticityRule Create(HelmholtzIsdSettings settings, RuleContext context) =>
        new HelmholtzRule(settings, context);
}

/// <summary>
/// Wake-sleep with importance sampling (Hinton, Dayan, Frey and Neal 1995, eqs. 4 and 6; theory §4): ΔW = η·(1/b)·(s_i − p_i)·s_j
/// at generative synapses in positive phases, and ΔW = η·(1/(1−b))·(s_i − q_i)·s_j at recognition synapses in negative ones. The
/// slice gives the difference with the sign that the signed importance undoes. Carries nothing.
/// </summary>
internal sealed class HelmholtzRule : IPlasticityRule
{
    private readonly bool _continuous;
    private readonly bool _gate;
    private readonly bool _recognises;
    private readonly bool[] _isRecognition;
    private readonly float _scale;
    private readonly float _meanLength;
    private readonly int _lanes;
    private readonly float[] _post;
    private readonly float[] _biasPost;

    internal HelmholtzRule(HelmholtzIsdSettings settings, RuleContext context)
    {
        _continuous = settings.Timing == UpdateTiming.Continuous;
        _gate = context.Gate;
        _lanes = context.Lanes;
        _scale = context.UpdateScale;
        _meanLength = (float)context.MeanPhaseLength;
        _recognises = context.Slice.Population.Role != PopulationRole.Input;
        _isRecognition = [.. context.Afferents.Select(one => one.Projection.Side == NeighbourSide.Lower)];
        _post = new float[_lanes * context.Stride];
        _biasPost = new float[context.Slice.Population.BiasesPerUnit * _post.Length];
    }

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) =>
        _continuous ? Learn(here, elapsed / _meanLength) : LearningOutcome.Nothing;

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here) => _continuous ? LearningOutcome.Nothing : Learn(here, 1);

    private LearningOutcome Learn(in LocalSignals here, float share)
    {
        (bool wakes, bool sleeps) = (false, false);
        foreach (float importance in here.Phase.Importance)
        {
            wakes |= importance > 0;
            sleeps |= importance < 0 && _recognises;
        }

        if (!wakes && !sleeps)
            return LearningOutcome.Nothing;
        if (_gate && !here.Coherent)
            return LearningOutcome.Gated;
        for (int k = 0; k < here.Synapses.Length; k++)
        {
            bool recognition = _isRecognition[k];
            if (!(recognition ? sleeps : wakes))
                continue;
            SynapseView synapses = here.Synapses[k];
            float rate = synapses.NextRate() * _scale * share;
            for (int lane = 0; lane < _lanes; lane++)
                Weigh(here, lane, recognition, rate, _post.AsSpan(lane * here.Stride, here.Stride));
            synapses.Learn(_post);
        }

        if (here.Bias.IsPresent)
            LearnBiases(here, share);
        return LearningOutcome.Learned;
    }

    private void LearnBiases(in LocalSignals here, float share)
    {
        BiasView bias = here.Bias;
        float rate = bias.NextRate() * _scale * share;
        for (int row = 0; row < _lanes * bias.PerUnit; row++)
        {
            bool recognition = row % bias.PerUnit == HelmholtzMachineModel.RecognitionBias;
            Weigh(here, row / bias.PerUnit, recognition, rate, _biasPost.AsSpan(row * here.Stride, here.Stride));
        }

        bias.Learn(_biasPost);
    }

    // 0 in lanes whose phase teaches the other kind of synapse.
    private static void Weigh(in LocalSignals here, int lane, bool recognition, float rate, Span<float> post)
    {
        float importance = here.Phase.Importance[lane];
        float factor = (recognition ? importance < 0 : importance > 0) ? rate * importance : 0;
        VectorKernels.Scale(here.Activity.Slice(lane * here.Stride, here.Stride), factor, post);
    }
}
