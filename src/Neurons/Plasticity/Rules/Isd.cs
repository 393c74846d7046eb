using Nudge.Numerics;
using Nudge.Synapses;

namespace Nudge.Plasticity.Rules;

/// <summary>When the rule <c>isd</c> learns.</summary>
public enum UpdateTiming
{
    /// <summary>Once, from the state at the end of the phase.</summary>
    PhaseEnd,

    /// <summary>All the time, in proportion to the elapsed local time (theory §3d).</summary>
    Continuous,
}

/// <summary>What the rule <c>isd</c> subtracts from the statistic to reduce its variance.</summary>
public enum BaselineKind
{
    /// <summary>Nothing: the paper's rule.</summary>
    None,

    /// <summary>What the input alone predicts at this instant (theory §3b; our extension).</summary>
    Dendritic,
}

/// <summary>
/// Importance sampling, discrete (Williams, Bredenberg and Lajoie 2023, eq. 5; theory §2): ΔW = η·g·ρ_i·ρ_j with the signed
/// importance g = +1/b or −1/(1−b). Nothing is remembered from any other phase.
/// </summary>
public sealed record IsdSettings : RuleSettings
{
    /// <summary>When it learns.</summary>
    public UpdateTiming Timing { get; init; } = UpdateTiming.PhaseEnd;

    /// <summary>What it subtracts on projections from the input that have no reverse copy.</summary>
    public BaselineKind Baseline { get; init; } = BaselineKind.None;

    /// <inheritdoc/>
    public override RuleDefinition Rule => Isd.Instance;

    /// <inheritdoc/>
    public override bool LearnsWithinPhases => Timing == UpdateTiming.Continuous;
}

internal sealed class Isd : RuleDefinition<IsdSettings>
{
    internal static readonly Isd Instance = new();

    public override string Name => "isd";

    public override string Summary => "Signed importance times the present statistic; nothing is remembered.";

    public override string Source => "Williams, Bredenberg and Lajoie 2023, eq. 5";

    public override bool HasOptimalB => true;

    public override bool AsksForFactors => true;

    public override IReadOnlyList<RuleVariant> Variants =>
    [
        new("", new IsdSettings()),
        new("continuous", new IsdSettings { Timing = UpdateTiming.Continuous }),
        new("dendritic", new IsdSettings { Baseline = BaselineKind.Dendritic }),
    ];

    public override IReadOnlyList<RuleVariant> VariantsFor(ModelTraits model) =>
    [
        .. Variants.Where(variant => model.InputPredictsActivity
            || ((IsdSettings)variant.Settings).Baseline != BaselineKind.Dendritic),
    ];

    public override void Check(RuleCheck check)
    {
        if (((IsdSettings)check.Settings).Baseline == BaselineKind.Dendritic && !check.Model.InputPredictsActivity)
            check.Findings.Error("learning.rule.baseline", "only leaky units have a dendritic baseline; expected none");
    }

    protected override IPlasticityRule Create(IsdSettings settings, RuleContext context) => new IsdRule(settings, context);
}

/// <summary>
/// The rule at one slice. With the dendritic baseline, projections from the input use g·(ρ_i − ρ(b_i + Σ_input W x))·x_j:
/// the prediction does not depend on the sign drawn, so the mean stays and the variance falls (theory §3b; ours).
/// </summary>
internal sealed class IsdRule(IsdSettings settings, RuleContext context) : IPlasticityRule
{
    private readonly Activation _activation = context.Slice.Population.Settings.Activation;
    private readonly bool _gate = context.Gate;
    private readonly float _scale = context.UpdateScale;
    private readonly float _meanLength = (float)context.MeanPhaseLength;
    private readonly int _lanes = context.Lanes;
    private readonly float[] _post = new float[context.Lanes * context.Stride];
    private readonly float[] _prediction = new float[context.Lanes * context.Stride];

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed) =>
        settings.Timing == UpdateTiming.Continuous ? Learn(here, elapsed / _meanLength) : LearningOutcome.Nothing;

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here) =>
        settings.Timing == UpdateTiming.PhaseEnd ? Learn(here, 1) : LearningOutcome.Nothing;

    private LearningOutcome Learn(in LocalSignals here, float share)
    {
        if (!here.Phase.Learns)
            return LearningOutcome.Nothing;
        if (_gate && !here.Coherent)
            return LearningOutcome.Gated;
        bool biasFollowsInput = false;
        foreach (SynapseView synapses in here.Synapses)
        {
            bool predicted = settings.Baseline == BaselineKind.Dendritic && synapses.IsFromInput;
            if (predicted)
                Predict(here, synapses);
            biasFollowsInput |= predicted;
            Weigh(here, here.PostsynapticOf(synapses), synapses.NextRate() * _scale * share, predicted);
            synapses.Learn(_post);
        }

        Weigh(here, here.Activity, here.Bias.NextRate() * _scale * share, biasFollowsInput);
        here.Bias.Learn(_post);
        return LearningOutcome.Learned;
    }

    private void Predict(in LocalSignals here, SynapseView synapses)
    {
        synapses.Current().CopyTo(_prediction);
        for (int lane = 0; lane < _lanes; lane++)
            VectorKernels.Add(here.Bias.Values, _prediction.AsSpan(lane * here.Stride, here.Stride));
        ActivationFunction.Apply(_activation, _prediction, _prediction);
    }

    private void Weigh(in LocalSignals here, ReadOnlySpan<float> activity, float rate, bool predicted)
    {
        for (int lane = 0; lane < _lanes; lane++)
        {
            float factor = rate * here.Phase.Importance[lane];
            int first = lane * here.Stride;
            for (int i = first; i < first + here.Stride; i++)
                _post[i] = factor * (predicted ? activity[i] - _prediction[i] : activity[i]);
        }
    }
}
