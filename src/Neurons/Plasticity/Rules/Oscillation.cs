using System.ComponentModel.DataAnnotations;
using Nudge.Numerics;
using Nudge.Phases;
using Nudge.State;
using Nudge.Synapses;

namespace Nudge.Plasticity.Rules;

/// <summary>
/// Equilibrium propagation by an oscillating nudge (Laborieux and Zenke 2022; Anisetti, Kandala, Scellier and Schwarz 2024;
/// theory §3e): the nudge is β·sin ωt, and each synapse correlates ρ_i·ρ_j with the sine of an oscillator of its own
/// population, ΔW = (2η/βT)·∫ sin(ωt)·ρ_i·ρ_j dt over whole periods. The oscillator starts when the population takes in a new
/// stimulus. No sign and no polarity is read, and nothing is carried from phase to phase.
/// </summary>
public sealed record OscillationSettings : RuleSettings
{
    /// <summary>
    /// By how much a population's oscillator is behind that of the nudge, in τ of its own clock for each hop to the output and
    /// one more: what its units take to follow the nudge, about 1. Delays of links need none, since the tag that starts it is as
    /// late.
    /// </summary>
    [Range(0, 1e6)]
    public double Lag { get; init; } = 1;

    /// <inheritdoc/>
    public override RuleDefinition Rule => Oscillation.Instance;

    /// <inheritdoc/>
    public override bool LearnsWithinPhases => true;

    /// <inheritdoc/>
    public override double ReadoutDelay(int populations) => Lag * populations;

    /// <inheritdoc/>
    public override int? UpdatesInPhase(NudgeSettings nudge) => nudge.Periods;
}

internal sealed class Oscillation : RuleDefinition<OscillationSettings>
{
    internal static readonly Oscillation Instance = new();

    public override string Name => "oscillation";

    public override string Summary =>
        "Correlates the statistic with a local oscillator while the nudge oscillates; no sign is read, nothing is remembered.";

    public override string Source => "Laborieux and Zenke 2022; Anisetti et al. 2024";

    public override NudgeWaveform Waveform => NudgeWaveform.Oscillating;

    protected override IPlasticityRule Create(OscillationSettings settings, RuleContext context) =>
        new OscillationRule(settings, context);
}

/// <summary>
/// The rule at one slice: sums sin(ωt)·ρ_i·ρ_j over each period of its own oscillator and learns at the period's end, so that
/// weights stand still meanwhile. Each step counts with the exact integral of the sine over its time, so that what does not
/// change within a period cancels, however irregular the steps are. A period that the phase cuts short, or that began while the
/// coherence gate was closed, teaches nothing.
/// </summary>
internal sealed class OscillationRule : IPlasticityRule
{
    private readonly NudgeSettings _nudge;
    private readonly bool _gate;
    private readonly float _scale;
    private readonly double _start;
    private readonly ProductTerms[] _synapses;
    private readonly float[] _bias;
    private double _time;
    private int _period;
    private bool _isOpen;
    private bool _counts;

    internal OscillationRule(OscillationSettings settings, RuleContext context)
    {
        _nudge = context.Model.NudgeInPhase;
        if (_nudge.Waveform != NudgeWaveform.Oscillating)
            throw new ArgumentException("The rule oscillation needs a nudge with the waveform Oscillating.", nameof(context));
        _gate = context.Gate;
        _scale = (float)(context.UpdateScale / (_nudge.Periods * _nudge.Period));
        _start = _nudge.Start + (settings.Lag * (context.Slice.Population.OutputDistance + 1));
        _synapses =
        [
            .. context.Afferents.Select(one => new ProductTerms(context.Lanes, context.Stride, one.Projection.Source.Size)),
        ];
        _bias = new float[context.Lanes * context.Stride];
    }

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed)
    {
        if (!here.Phase.Learns)
            return LearningOutcome.Nothing;
        LearningOutcome outcome = LearningOutcome.Nothing;
        double now = here.TimeInPhase - _start;
        while (_time < now && _period < _nudge.Periods)
        {
            if (!_isOpen)
                (_isOpen, _counts) = (true, !_gate || here.Coherent);
            double end = (_period + 1) * _nudge.Period;
            Integrate(here, Math.Min(now, end));
            if (now < end)
                break;
            outcome = EndPeriod(here);
        }

        return outcome;
    }

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        (_time, _period) = (0, 0);
        Forget();
        return LearningOutcome.Nothing;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Item(1, ref _time);
        state.Item(2, ref _period);
        state.Item(3, ref _isOpen);
        state.Item(4, ref _counts);
        state.List(5, "synapses", _synapses);
        state.Floats(6, _bias);
    }

    private void Integrate(in LocalSignals here, double until)
    {
        float weight = (float)(_nudge.Integral(until) - _nudge.Integral(_time));
        _time = until;
        if (!_counts)
            return;
        for (int k = 0; k < _synapses.Length; k++)
            _synapses[k].Add(weight, here.Activity, here.Synapses[k]);
        VectorKernels.AddScaled(here.Activity, weight, _bias);
    }

    private LearningOutcome EndPeriod(in LocalSignals here)
    {
        bool learns = _counts;
        for (int k = 0; learns && k < _synapses.Length; k++)
        {
            SynapseView synapses = here.Synapses[k];
            _synapses[k].Learn(synapses, synapses.NextRate() * _scale);
        }

        if (learns)
        {
            VectorKernels.Scale(_bias, here.Bias.NextRate() * _scale);
            here.Bias.Learn(_bias);
        }

        _period++;
        Forget();
        return learns ? LearningOutcome.Learned : LearningOutcome.Gated;
    }

    private void Forget()
    {
        (_isOpen, _counts) = (false, false);
        foreach (ProductTerms terms in _synapses)
            terms.Clear();
        Array.Clear(_bias);
    }
}
