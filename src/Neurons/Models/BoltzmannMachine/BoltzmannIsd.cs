using System.ComponentModel.DataAnnotations;
using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Plasticity.Rules;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Models.BoltzmannMachine;

/// <summary>ISD for Boltzmann machines: the rule <c>isd</c>, with running means that centre it or make it sparse.</summary>
public sealed record BoltzmannIsdSettings : RuleSettings
{
    /// <summary>When it learns.</summary>
    public UpdateTiming Timing { get; init; } = UpdateTiming.PhaseEnd;

    /// <summary>
    /// Share of the running means that each step renews; both ends of a synapse are taken relative to them. 0 for no
    /// centring.
    /// </summary>
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Centring { get; init; }

    /// <summary>Sparsity of the hidden units.</summary>
    public SparsitySettings Sparsity { get; init; } = new();

    /// <inheritdoc/>
    public override RuleDefinition Rule => BoltzmannIsd.Instance;

    /// <inheritdoc/>
    public override bool LearnsWithinPhases => Timing == UpdateTiming.Continuous;

    /// <inheritdoc/>
    public override string? TruthNote =>
        Centring > 0 ? "a centred rule learns in other coordinates than those of the plain gradient" : null;

    /// <inheritdoc/>
    public override RuleSettings WithoutPenalties() => this with { Sparsity = new() };
}

internal sealed class BoltzmannIsd : RuleDefinition<BoltzmannIsdSettings>
{
    private const string Means = "running means";

    internal static readonly BoltzmannIsd Instance = new();

    public override string Name => "isd";

    public override string Summary => "Signed importance times the present statistic, centred and sparse where asked for.";

    public override string Source => "Williams, Bredenberg and Lajoie 2023, §4.1; Montavon and Müller 2012; Hinton 2010, §11";

    public override string? OwnModel => BoltzmannMachineModel.Word;

    public override bool HasOptimalB => true;

    public override IReadOnlyList<CarriedDeclaration> Carries { get; } =
    [
        new("BoltzmannRule._ownMean", Means, "Centring subtracts a slow mean of the own activity."),
        new("BoltzmannRule._receivedMeans", Means, "Centring subtracts slow means of the activity that arrives."),
        new("BoltzmannRule._followed", Means, "A young mean is exact, an old one slow."),
        new("BoltzmannRule._sparsity", Means, "Sparsity pulls a slow mean of the activity towards its target."),
    ];

    public override IReadOnlyList<RuleVariant> Variants =>
    [
        new("", new BoltzmannIsdSettings()),
        new("centring", new BoltzmannIsdSettings { Centring = 0.01 }),
        new("sparsity", new BoltzmannIsdSettings { Sparsity = new() { Cost = 0.1 } }),
    ];

    protected override IPlasticityRule Create(BoltzmannIsdSettings settings, RuleContext context) =>
        new BoltzmannRule(settings, context);
}

/// <summary>
/// ISD for Boltzmann machines (Williams, Bredenberg and Lajoie 2023, §4.1; theory §2–§4): ΔW = η·g·s_i·s_j, at every step
/// in proportion to the local time, or once at the end of a phase. Centred (Montavon and Müller 2012) both ends are taken
/// relative to slow running means: the change of a population's activity that a bias could explain is left to the bias, so
/// an end is centred only where the units at the other end have biases. Running means are carried across phases.
/// </summary>
internal sealed class BoltzmannRule : IPlasticityRule
{
    private const int LongAgo = 1 << 30;
    private readonly BoltzmannIsdSettings _settings;
    private readonly bool _gate;
    private readonly float _scale;
    private readonly float _meanLength;
    private readonly int _lanes;
    private readonly int _count;
    private readonly float[] _post;
    private readonly float[] _biasPost;
    private readonly float[]? _ownMean;
    private readonly float[]?[] _receivedMeans;
    private readonly bool[] _centresOwn;
    private readonly float[]?[] _centred;
    private readonly UnitSparsity? _sparsity;
    private int _followed;

    internal BoltzmannRule(BoltzmannIsdSettings settings, RuleContext context)
    {
        _settings = settings;
        _gate = context.Gate;
        _lanes = context.Lanes;
        _scale = context.UpdateScale;
        _meanLength = (float)context.MeanPhaseLength;
        _count = context.Slice.Count;
        _post = new float[_lanes * context.Stride];
        _biasPost = new float[_post.Length];
        bool centres = settings.Centring > 0;
        bool centresReceived = centres && context.HasBiases;
        int[] sources = [.. context.Afferents.Select(afferent => afferent.Projection.Source.Size)];
        _receivedMeans = [.. sources.Select(size => centresReceived ? Half(size) : null)];
        _centred = [.. sources.Select(size => centresReceived ? new float[_lanes * size] : null)];
        _centresOwn = [.. context.Afferents.Select(afferent => centres && afferent.SourceHasBiases)];
        _ownMean = _centresOwn.Contains(true) ? Half(_count) : null;
        bool sparse = settings.Sparsity.Cost > 0 && context.Slice.Population.Role == PopulationRole.Hidden;
        _sparsity = sparse ? new(settings.Sparsity, _count, _lanes) : null;
    }

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed)
    {
        Follow(here);
        return _settings.Timing == UpdateTiming.Continuous ? Learn(here, elapsed / _meanLength) : LearningOutcome.Nothing;
    }

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here) =>
        _settings.Timing == UpdateTiming.PhaseEnd ? Learn(here, 1) : LearningOutcome.Nothing;

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_ownMean is not null)
            state.Floats(1, _ownMean);
        state.List(2, "receivedMeans", _receivedMeans.Length, k =>
        {
            if (_receivedMeans[k] is { } mean)
                state.Floats(1, mean);
        });
        state.Item(3, ref _followed);
        if (_sparsity is not null)
            state.Section(4, "sparsity", _sparsity);
    }

    private static float[] Half(int count)
    {
        float[] means = new float[count];
        Array.Fill(means, 0.5f);
        return means;
    }

    private LearningOutcome Learn(in LocalSignals here, float share)
    {
        if (!here.Phase.Learns)
            return LearningOutcome.Nothing;
        if (_gate && !here.Coherent)
            return LearningOutcome.Gated;
        float biasRate = here.Bias.NextRate() * _scale * share;
        Weigh(here, biasRate, centred: false, _sparsity, _biasPost);
        for (int k = 0; k < here.Synapses.Length; k++)
        {
            SynapseView synapses = here.Synapses[k];
            // A coupling has one value for both of its units, and a pull on each of them would tear it in two.
            UnitSparsity? sparsity = synapses.IsWithin ? null : _sparsity;
            Weigh(here, synapses.NextRate() * _scale * share, _centresOwn[k], sparsity, _post);
            if (_centred[k] is { } centred)
                LearnCentred(synapses, centred, _receivedMeans[k]!, here.Stride);
            else
                synapses.Learn(_post);
        }

        if (here.Bias.IsPresent)
            here.Bias.Learn(_biasPost);
        return LearningOutcome.Learned;
    }

    private void LearnCentred(SynapseView synapses, float[] centred, float[] mean, int stride)
    {
        for (int lane = 0; lane < _lanes; lane++)
        {
            Span<float> deviation = centred.AsSpan(lane * mean.Length, mean.Length);
            VectorKernels.ScaledDifference(synapses.Received.Slice(lane * mean.Length, mean.Length), mean, 1, deviation);
            // What the mean activity gains through the weights, the bias gives back: Δb = g·s − ΔW·mean.
            float gained = VectorKernels.Dot(deviation, mean);
            VectorKernels.AddScaled(_post.AsSpan(lane * stride, stride), -gained, _biasPost.AsSpan(lane * stride, stride));
        }

        synapses.Learn(_post, centred, decays: true);
    }

    private void Weigh(in LocalSignals here, float rate, bool centred, UnitSparsity? sparsity, float[] post)
    {
        for (int lane = 0; lane < _lanes; lane++)
        {
            float factor = rate * here.Phase.Importance[lane];
            int first = lane * here.Stride;
            ReadOnlySpan<float> activity = here.Activity.Slice(first, here.Stride);
            VectorKernels.Scale(activity, factor, post.AsSpan(first, here.Stride));
            if (centred)
                VectorKernels.AddScaled(_ownMean, -factor, post.AsSpan(first, _count));
            sparsity?.Pull(rate, post.AsSpan(first, _count));
        }
    }

    private void Follow(in LocalSignals here)
    {
        // Exact while young: a mean that is far off would move the biases by more than the data do.
        float renewed = Math.Max((float)_settings.Centring, 1f / (_followed + 2)) / _lanes;
        _followed = Math.Min(_followed + 1, LongAgo);
        if (_ownMean is not null)
            Follow(_ownMean, here.Activity, here.Stride, renewed);
        for (int k = 0; k < _receivedMeans.Length; k++)
        {
            if (_receivedMeans[k] is { } mean)
                Follow(mean, here.Synapses[k].Received, mean.Length, renewed);
        }

        _sparsity?.Follow(here.Activity, here.Stride);
    }

    private void Follow(float[] mean, ReadOnlySpan<float> values, int stride, float renewed)
    {
        VectorKernels.Scale(mean, 1 - (renewed * _lanes));
        for (int lane = 0; lane < _lanes; lane++)
            VectorKernels.AddScaled(values.Slice(lane * stride, mean.Length), renewed, mean);
    }
}
