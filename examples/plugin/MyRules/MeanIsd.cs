using System.ComponentModel.DataAnnotations;
using Nudge.Plasticity;
using Nudge.Signals;
using Nudge.State;
using Nudge.Synapses;

namespace MyRules;

/// <summary>
/// Importance sampling with the product of running means as baseline: ΔW = η·g·(ρ_i·ρ_j − m_i·m_j). The signed importance g is
/// +1/b in positive phases and −1/(1−b) in negative ones, so its mean is 0, and what does not depend on the present phase can be
/// subtracted without a change of the mean update (Williams, Bredenberg and Lajoie 2023, eq. 5).
/// </summary>
public sealed record MeanIsdSettings : RuleSettings
{
    /// <summary>Phases over which the means reach.</summary>
    [Range(1, 1e6)]
    public double Memory { get; init; } = 50;

    /// <inheritdoc/>
    public override RuleDefinition Rule => MeanIsd.Instance;
}

/// <summary>What experiment files and lists know of the rule. It is found by reflection: there is nothing to register.</summary>
public sealed class MeanIsd : RuleDefinition<MeanIsdSettings>
{
    internal static readonly MeanIsd Instance = new();

    /// <inheritdoc/>
    public override string Name => "mean-isd";

    /// <inheritdoc/>
    public override string Summary => "Signed importance times the present statistic less the product of running means.";

    /// <inheritdoc/>
    public override string Source => "an example";

    /// <inheritdoc/>
    public override bool HasOptimalB => true;

    /// <summary>Everything that is kept from one phase to the next must be declared; nudge audit measures it.</summary>
    public override IReadOnlyList<CarriedDeclaration> Carries =>
    [
        new("MeanIsdRule._means", "running mean", "A value for each unit at both ends; none of them for a synapse."),
    ];

    /// <inheritdoc/>
    protected override IPlasticityRule Create(MeanIsdSettings settings, RuleContext context) => new MeanIsdRule(settings, context);
}

/// <summary>
/// The rule at one slice. It sees its own units, what arrived at its synapses, and the phase: nothing else can be reached, and
/// nudge refuses a rule that tries.
/// </summary>
internal sealed class MeanIsdRule(MeanIsdSettings settings, RuleContext context) : IPlasticityRule
{
    private readonly int _lanes = context.Lanes;
    private readonly int _size = context.Lanes * context.Stride;
    private readonly bool _gate = context.Gate;
    private readonly float _scale = context.UpdateScale;
    private readonly float _share = (float)(1 / settings.Memory);

    // The terms of an update side by side: the present statistic, then the baseline with the opposite sign.
    private readonly float[] _post = new float[2 * context.Lanes * context.Stride];
    private readonly float[][] _pre = [.. context.Afferents.Select(one => new float[2 * context.Lanes * one.Projection.Source.Size])];

    // Running means of the own activity, then of what arrives through each projection.
    private readonly float[][] _means =
    [
        new float[context.Lanes * context.Stride],
        .. context.Afferents.Select(one => new float[context.Lanes * one.Projection.Source.Size]),
    ];

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) => LearningOutcome.Nothing;

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        if (_gate && !here.Coherent)
            return here.Phase.Learns ? LearningOutcome.Gated : LearningOutcome.Nothing;
        if (here.Phase.Learns)
            Learn(here);
        // After learning: a baseline that held the present phase would not be independent of its sign.
        Follow(_means[0], here.Activity);
        for (int k = 0; k < here.Synapses.Length; k++)
            Follow(_means[k + 1], here.Synapses[k].Received);
        return here.Phase.Learns ? LearningOutcome.Learned : LearningOutcome.Nothing;
    }

    /// <summary>Checkpoints, and slices that move to another node, keep what is described here.</summary>
    public void Describe(StateSection state)
    {
        for (int k = 0; k < _means.Length; k++)
            state.Floats(k + 1, _means[k]);
    }

    private void Learn(in LocalSignals here)
    {
        for (int k = 0; k < here.Synapses.Length; k++)
        {
            SynapseView synapses = here.Synapses[k];
            Weigh(here, synapses.NextRate() * _scale);
            int size = synapses.Received.Length;
            synapses.Received.CopyTo(_pre[k]);
            _means[k + 1].AsSpan().CopyTo(_pre[k].AsSpan(size));
            synapses.Learn(_post, _pre[k], 2 * _lanes);
        }

        Weigh(here, here.Bias.NextRate() * _scale);
        for (int i = 0; i < _size; i++)
            _post[i] += _post[_size + i];
        here.Bias.Learn(_post.AsSpan(0, _size));
    }

    private void Weigh(in LocalSignals here, float rate)
    {
        for (int i = 0; i < _size; i++)
        {
            float factor = rate * here.Phase.Importance[i / here.Stride];
            _post[i] = factor * here.Activity[i];
            _post[_size + i] = -factor * _means[0][i];
        }
    }

    private void Follow(float[] mean, ReadOnlySpan<float> present)
    {
        for (int i = 0; i < mean.Length; i++)
            mean[i] += _share * (present[i] - mean[i]);
    }
}
