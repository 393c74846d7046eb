using System.ComponentModel.DataAnnotations;
using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Signals;
using Nudge.State;
using Nudge.Synapses;

namespace OwnRule;

/// <summary>
/// Trace ISD: differential ISD (theory §3b) on traces. ΔW = η·g·(m_i m_j in this phase − m_i m_j in the previous phase of
/// the stimulus), where m is the leaky average of an activity over the last few τ of a phase, and g the signed
/// importance. A trace is a mean over messages, so one late message matters less. The price is a bias where activity
/// still moves at the end of a phase: a product of averages is not the average of the products. An example, not a
/// published rule.
/// </summary>
public sealed record TraceIsdSettings : RuleSettings
{
    /// <summary>Time constant of the averages, in τ.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Memory { get; init; } = 2;

    /// <inheritdoc/>
    public override RuleDefinition Rule => TraceIsd.Instance;
}

/// <summary>The definition of the rule.</summary>
public sealed class TraceIsd : RuleDefinition<TraceIsdSettings>
{
    internal static readonly TraceIsd Instance = new();

    /// <inheritdoc/>
    public override string Name => "trace-isd";

    /// <inheritdoc/>
    public override string Summary =>
        "Signed importance times the change of the product of leaky averages; one phase is remembered.";

    /// <inheritdoc/>
    public override string Source => "an example";

    /// <inheritdoc/>
    public override bool ComparesPhases => true;

    /// <inheritdoc/>
    public override bool GivesWholeGradients => true;

    /// <inheritdoc/>
    public override IReadOnlyList<CarriedDeclaration> Carries =>
    [
        new("TraceRule._traces", "snapshot", "A phase is compared with the averages of the one before."),
        new("TraceRule._before", "snapshot", "The previous phase must be of the same stimulus."),
    ];

    // The average of samples has no correlations, so machines of binary samples are excluded.
    /// <inheritdoc/>
    public override bool Suits(ModelTraits model) => base.Suits(model) && model.StateIsContinuous;

    /// <inheritdoc/>
    protected override IPlasticityRule Create(TraceIsdSettings settings, RuleContext context) =>
        new TraceRule(settings.Memory, context);
}

/// <summary>The rule at one slice.</summary>
internal sealed class TraceRule(double memory, RuleContext context) : IPlasticityRule
{
    private readonly int _lanes = context.Lanes;
    private readonly int _size = context.Lanes * context.Stride;
    private readonly bool _gate = context.Gate;
    private readonly float _scale = context.UpdateScale;
    private readonly float[] _post = new float[2 * context.Lanes * context.Stride];

    // The trace of the own activity, and one of what arrives through each projection.
    private readonly Trace[] _traces =
    [
        new(context.Lanes * context.Stride),
        .. context.Afferents.Select(one => new Trace(context.Lanes * one.Projection.Source.Size)),
    ];

    private PhaseTag _before = PhaseTag.Before(context.Lanes);
    private bool _beforeIsUsable;

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed)
    {
        float keep = (float)Elementary.Exp(-elapsed / memory);
        _traces[0].Follow(here.Activity, keep);
        for (int k = 0; k < here.Synapses.Length; k++)
            _traces[k + 1].Follow(here.Synapses[k].Received, keep);
        return LearningOutcome.Nothing;
    }

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        bool usable = here.Coherent || !_gate;
        bool follows = here.Phase.Learns
            && here.Phase.Phase.Follows(_before.Phase)
            && here.Phase.Stimulus == _before.Stimulus;
        bool learns = follows && usable && _beforeIsUsable;
        if (learns)
            Learn(here);
        foreach (Trace trace in _traces)
            trace.EndPhase();
        (_before, _beforeIsUsable) = (here.Phase, usable);
        return learns ? LearningOutcome.Learned : follows ? LearningOutcome.Gated : LearningOutcome.Nothing;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.List(1, "traces", _traces);
        _before = state.Signal(2, _before, _lanes);
        _beforeIsUsable = state.Item(3, _beforeIsUsable);
    }

    private void Learn(in LocalSignals here)
    {
        for (int k = 0; k < here.Synapses.Length; k++)
        {
            SynapseView synapses = here.Synapses[k];
            Weigh(here, synapses.NextRate() * _scale);
            // The terms of this phase, then those of the phase before: one sum, so that an optimiser sees the gradient.
            synapses.Learn(_post, _traces[k + 1].NowAndBefore, 2 * _lanes);
        }

        Weigh(here, here.Bias.NextRate() * _scale);
        VectorKernels.Add(_post.AsSpan(_size), _post.AsSpan(0, _size));
        here.Bias.Learn(_post.AsSpan(0, _size));
    }

    private void Weigh(in LocalSignals here, float rate)
    {
        ReadOnlySpan<float> own = _traces[0].NowAndBefore;
        for (int i = 0; i < _size; i++)
        {
            float factor = rate * here.Phase.Importance[i / here.Stride];
            _post[i] = factor * own[i];
            _post[_size + i] = -factor * own[_size + i];
        }
    }

    /// <summary>A leaky average over the present phase and, behind it, its last value in the phase before.</summary>
    private sealed class Trace(int size) : IStateful
    {
        private readonly float[] _values = new float[2 * size];
        private float _weight;

        internal ReadOnlySpan<float> NowAndBefore => _values;

        internal void Follow(ReadOnlySpan<float> values, float keep)
        {
            // The weights of all that was seen in the phase add up to one, so that a young average is exact.
            _weight = (keep * _weight) + (1 - keep);
            float share = _weight > 0 ? (1 - keep) / _weight : 1;
            for (int i = 0; i < size; i++)
                _values[i] += share * (values[i] - _values[i]);
        }

        internal void EndPhase()
        {
            _values.AsSpan(0, size).CopyTo(_values.AsSpan(size));
            _weight = 0;
        }

        public void Describe(StateSection state)
        {
            state.Floats(1, _values);
            state.Item(2, ref _weight);
        }
    }
}
