using Nudge.Checkpointing;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Projections;
using Nudge.Signals;

namespace Nudge.Populations;

/// <summary>
/// Leaky rate units (Scellier and Bengio 2017, eq. 4; theory §4): τ ds/dt = −s + ρ′(s)·(W·ρ(heard) + b) + β(y − s), by
/// Euler steps of the elapsed local time. A lost message leaves the last value heard in place: loss acts as staleness,
/// never as silence.
/// </summary>
public sealed class LeakySlice : PopulationSlice
{
    private readonly Afferent[] _afferents;
    private readonly SynapseGroup[] _synapses;
    private readonly BiasGroup _bias;
    private readonly IPlasticityRule _rule;
    private readonly TargetPull? _output;
    private readonly Activation _activation;
    private readonly int _stride;
    private readonly float[] _state;
    private readonly float[] _activity;
    private readonly float[] _drive;
    private readonly float[] _steady;
    private long _steadyVersion = -1;

    /// <summary>Makes a slice with its first weights, all units at zero.</summary>
    public LeakySlice(NetworkPlan network, SlicePlan plan)
        : base(network, plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _afferents = [.. Network.Afferents(plan.Population).Select(projection => new Afferent(network, projection, plan))];
        _synapses = [.. _afferents.Select(afferent => afferent.Synapses)];
        _bias = new(network, plan);
        _rule = RuleFactory.Create(network, plan);
        _output = plan.Population.Role == PopulationRole.Output ? new(network, plan) : null;
        _activation = plan.Population.Settings.Activation;
        _stride = PanelMatrix.Pad(plan.Count);
        _state = new float[Lanes * _stride];
        // The hard sigmoid's state is its own activity; one array serves for both.
        _activity = _activation == Activation.HardSigmoid ? _state : new float[_state.Length];
        _drive = new float[_state.Length];
        _steady = new float[_state.Length];
        if (_activation != Activation.HardSigmoid)
            Activate();
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<SynapseGroup> Synapses => _synapses;

    /// <inheritdoc/>
    public override BiasGroup Bias => _bias;

    /// <inheritdoc/>
    public override bool IsFinite => VectorKernels.AllFinite(_drive);

    /// <summary>Bytes that the plasticity rule carries across phases.</summary>
    public long CarriedBytes => _rule.CarriedBytes;

    /// <inheritdoc/>
    public override void Hear(int afferentSlot, int sourceSlot, in ActivitySignal signal) =>
        _afferents[afferentSlot][sourceSlot].Post(signal, Tag.Phase);

    /// <inheritdoc/>
    public override void Hear(ControlSignal signal)
    {
        base.Hear(signal);
        if (signal is NudgeSignal nudge)
            _output?.Hear(nudge);
    }

    /// <inheritdoc/>
    public override HeardCounts CountsOf(int afferentSlot, int sourceSlot) =>
        _afferents[afferentSlot][sourceSlot].Counts;

    /// <inheritdoc/>
    public override void CopyActivity(Span<float> destination)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            _activity.AsSpan(lane * _stride, Plan.Count)
                .CopyTo(destination.Slice(lane * Plan.Count, Plan.Count));
        }
    }

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer)
    {
        base.Save(writer);
        writer.WriteFloats(_state);
        writer.WriteFloats(_activity);
        _bias.Save(writer);
        foreach (Afferent afferent in _afferents)
            afferent.Save(writer);
        _rule.Save(writer);
        _output?.Save(writer);
    }

    /// <inheritdoc/>
    public override void Restore(BinaryReader reader)
    {
        base.Restore(reader);
        reader.ReadFloats(_state);
        reader.ReadFloats(_activity);
        _bias.Restore(reader);
        foreach (Afferent afferent in _afferents)
            afferent.Restore(reader, Lanes);
        _rule.Restore(reader);
        _output?.Restore(reader);
        SumSteady(-1);
    }

    /// <inheritdoc/>
    protected override void TakeIn(PhaseNumber upTo)
    {
        foreach (Afferent afferent in _afferents)
            afferent.TakeIn(upTo);
    }

    /// <inheritdoc/>
    protected override PhaseTag NewestHeard(PhaseTag newest)
    {
        if (Network.Settings.Learning.Tags == TagTransport.Broadcast)
            return newest;
        foreach (Afferent afferent in _afferents)
            newest = afferent.NewestWaiting(newest);
        return newest;
    }

    /// <inheritdoc/>
    protected override void EndPhase() => Tally(_rule.EndPhase(Here()));

    /// <inheritdoc/>
    protected override void UpdateMarks()
    {
        PhaseNumber below = Tag.Phase;
        PhaseNumber above = _output is null ? Tag.Phase : PhaseNumber.Older(Tag.Phase, _output.Phase);
        foreach (Afferent afferent in _afferents)
        {
            if (afferent.Side == NeighbourSide.Lower)
                below = PhaseNumber.Older(below, afferent.Below);
            if (afferent.Side == NeighbourSide.Upper)
                above = PhaseNumber.Older(above, afferent.Above);
        }

        (Below, Above) = (below, above);
    }

    /// <inheritdoc/>
    protected override bool Advance(float elapsed)
    {
        Tally(_rule.Elapse(Here(), elapsed));
        SumDrive();
        // A step longer than τ goes the whole way to where the drive points, and no further.
        float share = Math.Min(elapsed, 1);
        bool changed = _activation == Activation.HardSigmoid
            ? VectorKernels.HardSigmoidStepDetect(_state, _drive, share)
            : StepSmooth(share);
        return changed | (_output?.Clamp(_state, _activity, _stride, Tag.Phase) ?? false);
    }

    /// <inheritdoc/>
    protected override ActivityFrame Frame(FramePool? pool)
    {
        ActivityFrame frame = pool?.Take() ?? ActivityFrame.Of(new float[Lanes * Plan.Count]);
        CopyActivity(frame.Values);
        return frame;
    }

    private bool Coherent => Below == Tag.Phase && Above == Tag.Phase;

    private LocalSignals Here() => new()
    {
        Activity = _activity,
        Stride = _stride,
        Phase = Tag,
        Coherent = Coherent,
        Synapses = _synapses,
        Bias = _bias,
    };

    private void SumDrive()
    {
        long version = _bias.Version;
        foreach (SynapseGroup synapses in _synapses)
        {
            synapses.RefreshCurrent();
            version += synapses.IsFromInput ? synapses.CurrentVersion : 0;
        }

        if (version != _steadyVersion)
            SumSteady(version);
        ReadOnlySpan<float> sum = _steady;
        foreach (SynapseGroup synapses in _synapses)
        {
            if (synapses.IsFromInput)
                continue;
            VectorKernels.Sum(sum, synapses.Current, _drive);
            sum = _drive;
        }

        if (sum == _steady)
            _steady.CopyTo(_drive, 0);
        if (_activation != Activation.HardSigmoid)
        {
            for (int i = 0; i < _drive.Length; i++)
                _drive[i] *= ActivationFunction.Slope(_activation, _activity[i]);
        }

        _output?.AddTo(_drive, _state, _stride, Tag.Phase);
    }

    /// <summary>The part of the drive that stands still within a phase: biases and what comes from the input.</summary>
    private void SumSteady(long version)
    {
        _steadyVersion = version;
        for (int lane = 0; lane < Lanes; lane++)
            _bias.Values.CopyTo(_steady.AsSpan(lane * _stride, _stride));
        foreach (SynapseGroup synapses in _synapses)
        {
            if (synapses.IsFromInput)
                VectorKernels.Add(synapses.Current, _steady);
        }
    }

    private bool StepSmooth(float share)
    {
        bool changed = false;
        for (int i = 0; i < _state.Length; i++)
        {
            float next = float.FusedMultiplyAdd(share, _drive[i] - _state[i], _state[i]);
            changed |= next != _state[i];
            _state[i] = next;
        }

        Activate();
        return changed;
    }

    private void Activate()
    {
        ActivationFunction.Apply(_activation, _state, _activity);
        // ρ(0) need not be 0, yet padding must stay silent or it would learn.
        for (int lane = 0; lane < Lanes; lane++)
            _activity.AsSpan((lane * _stride) + Plan.Count, _stride - Plan.Count).Clear();
    }

    private void Tally(LearningOutcome outcome)
    {
        if (outcome == LearningOutcome.Nothing)
            return;
        int positive = 0;
        int negative = 0;
        foreach (float g in Tag.Importance)
        {
            positive += g > 0 ? 1 : 0;
            negative += g < 0 ? 1 : 0;
        }

        Learned += outcome == LearningOutcome.Learned ? new(positive, negative, 0) : new(0, 0, positive + negative);
    }
}
