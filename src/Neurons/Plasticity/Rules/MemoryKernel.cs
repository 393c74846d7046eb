using System.ComponentModel.DataAnnotations;
using Nudge.Numerics;
using Nudge.Phases;
using Nudge.State;
using Nudge.Synapses;

namespace Nudge.Plasticity.Rules;

/// <summary>
/// Contrastive learning by the memory of each synapse (Falk, Strupp, Scellier and Murugan 2025; theory §3e): the product
/// s = ρ_i·ρ_j passes a kernel of zero integral, a fast exponential less a slow one, and what exceeds a threshold is learned,
/// ΔW = η/(β(τ_s − τ_f))·∫ f(v) dt with v = ∫ K(t − t′)·s(t′) dt′. The nudge is a sawtooth: its fast rise passes, and its slow
/// fall stays below the threshold. No sign and no polarity is read. The memory begins again in each phase, from the free state at
/// the start of the waveform, so that a change of the stimulus does not pass.
/// </summary>
public sealed record MemoryKernelSettings : RuleSettings
{
    /// <summary>Time constant τ_f of the fast exponential, in τ of the population's own clock.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Fast { get; init; } = 1;

    /// <summary>Time constant τ_s of the slow exponential, in τ of the population's own clock; longer than the fast one.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Slow { get; init; } = 6;

    /// <summary>
    /// What |v| must exceed to be learned, in units of a product of two activities. A change Δ of the product passes as a whole
    /// if it is well above this and its slow return, about Δ(τ_s − τ_f)/period, is below.
    /// </summary>
    [Range(0, 1e6)]
    public double Threshold { get; init; } = 0.01;

    /// <summary>
    /// How long before the nudge begins the memory does, in τ of the population's own clock: a population may take in a stimulus
    /// later than the output does, and has to see the nudge rise.
    /// </summary>
    [Range(0, 1e6)]
    public double Lead { get; init; } = 1;

    /// <inheritdoc/>
    public override RuleDefinition Rule => MemoryKernel.Instance;

    /// <inheritdoc/>
    public override bool LearnsWithinPhases => true;

    /// <inheritdoc/>
    public override int? UpdatesInPhase(NudgeSettings nudge) => 1;
}

internal sealed class MemoryKernel : RuleDefinition<MemoryKernelSettings>
{
    internal static readonly MemoryKernel Instance = new();

    public override string Name => "memory-kernel";

    public override string Summary =>
        "What passes a memory of each synapse while the nudge rises fast and falls slowly; no sign is read.";

    public override string Source => "Falk et al. 2025, Nature Communications";

    public override NudgeWaveform Waveform => NudgeWaveform.Sawtooth;

    public override bool NeedsWeightForEachPair => true;

    public override void Check(RuleCheck check)
    {
        var settings = (MemoryKernelSettings)check.Settings;
        if (settings.Slow <= settings.Fast)
        {
            check.Findings.Error(
                "learning.rule.slow",
                $"{settings.Slow} is not longer than the fast time constant of {settings.Fast}; expected more");
        }
    }

    protected override IPlasticityRule Create(MemoryKernelSettings settings, RuleContext context) =>
        new MemoryKernelRule(settings, context);
}

/// <summary>
/// The rule at one slice. It follows each product from the start of the waveform to its end and learns there, so that weights
/// stand still meanwhile. Where the phase ends earlier, or the coherence gate was closed at the start, it learns nothing.
/// </summary>
internal sealed class MemoryKernelRule : IPlasticityRule
{
    private readonly MemoryKernelSettings _settings;
    private readonly NudgeSettings _nudge;
    private readonly bool _gate;
    private readonly double _start;
    private readonly float _scale;
    private readonly SynapseMemory[] _synapses;
    private readonly SynapseMemory _bias;
    private readonly float[] _ones;
    private readonly float[] _post;
    private bool _isOpen;
    private bool _isDone;

    internal MemoryKernelRule(MemoryKernelSettings settings, RuleContext context)
    {
        _settings = settings;
        _nudge = context.Model.NudgeInPhase;
        if (_nudge.Waveform != NudgeWaveform.Sawtooth)
            throw new ArgumentException("The rule memory-kernel needs a nudge with the waveform Sawtooth.", nameof(context));
        if (context.Afferents.Any(one => one.Projection.Connectivity is not null))
            throw new ArgumentException("The rule memory-kernel needs projections without windows.", nameof(context));
        _gate = context.Gate;
        _start = Math.Max(0, _nudge.Start - settings.Lead);
        _scale = (float)(context.UpdateScale / (_nudge.Periods * (settings.Slow - settings.Fast)));
        _synapses =
        [
            .. context.Afferents.Select(one => new SynapseMemory(context.Lanes, context.Slice.Count, one.Projection.Source.Size)),
        ];
        // A bias is a synapse from a source that is always 1.
        _bias = new(context.Lanes, context.Slice.Count, sources: 1);
        _ones = [.. Enumerable.Repeat(1f, context.Lanes)];
        _post = new float[context.Lanes * context.Stride];
    }

    /// <inheritdoc/>
    public LearningOutcome Elapse(in LocalSignals here, float elapsed)
    {
        if (!here.Phase.Learns || _isDone || here.TimeInPhase < _start)
            return LearningOutcome.Nothing;
        if (!_isOpen)
            return Open(here);
        Follow(here, elapsed);
        if (here.TimeInPhase < _nudge.End)
            return LearningOutcome.Nothing;
        Learn(here);
        _isDone = true;
        return LearningOutcome.Learned;
    }

    /// <inheritdoc/>
    public LearningOutcome EndPhase(in LocalSignals here)
    {
        if (_isOpen)
            Clear();
        (_isOpen, _isDone) = (false, false);
        return LearningOutcome.Nothing;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Item(1, ref _isOpen);
        state.Item(2, ref _isDone);
        state.List(3, "synapses", _synapses);
        state.Section(4, "bias", _bias);
    }

    private LearningOutcome Open(in LocalSignals here)
    {
        if (_gate && !here.Coherent)
        {
            _isDone = true;
            return LearningOutcome.Gated;
        }

        _isOpen = true;
        for (int k = 0; k < _synapses.Length; k++)
            _synapses[k].Begin(here.Activity, here.Synapses[k].Received);
        _bias.Begin(here.Activity, _ones);
        return LearningOutcome.Nothing;
    }

    private void Follow(in LocalSignals here, float elapsed)
    {
        var step = new MemoryStep(
            (float)(1 - Elementary.Exp(-elapsed / _settings.Fast)),
            (float)(1 - Elementary.Exp(-elapsed / _settings.Slow)),
            (float)_settings.Threshold,
            elapsed);
        for (int k = 0; k < _synapses.Length; k++)
            _synapses[k].Follow(here.Activity, here.Synapses[k].Received, step);
        _bias.Follow(here.Activity, _ones, step);
    }

    private void Learn(in LocalSignals here)
    {
        for (int k = 0; k < _synapses.Length; k++)
        {
            SynapseView synapses = here.Synapses[k];
            synapses.Learn(_synapses[k].Sums, synapses.NextRate() * _scale);
        }

        float rate = here.Bias.NextRate() * _scale;
        for (int lane = 0; lane < _ones.Length; lane++)
            VectorKernels.Scale(_bias.Sums[lane].Storage, rate, _post.AsSpan(lane * here.Stride, here.Stride));
        here.Bias.Learn(_post);
    }

    private void Clear()
    {
        foreach (SynapseMemory memory in _synapses)
            memory.Clear();
        _bias.Clear();
    }
}
