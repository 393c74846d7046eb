using Nudge.Numerics;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Populations;

/// <summary>
/// Leaky rate units (Scellier and Bengio 2017, eq. 4; theory §4): τ ds/dt = −s + ρ′(s)·(W·ρ(received) + b) + β(y − s),
/// by Euler steps of the elapsed local time. A lost message leaves the last value received in place: loss acts as
/// staleness, never as zero activity.
/// </summary>
public sealed class LeakySlice : SynapticSlice
{
    private readonly TargetPull? _output;
    private readonly Activation _activation;
    private readonly int _stride;
    private readonly float[] _state;
    private readonly float[] _activity;
    private readonly float[] _drive;
    private readonly float[] _steady;
    private readonly float _feedback;
    private readonly NudgeSettings? _nudge;
    private long _steadyVersion = -1;

    /// <summary>Makes a slice with its first weights, all units at zero.</summary>
    /// <param name="context">The slice's place in the network, and its settings.</param>
    /// <param name="couples">Whether targets hold the output near where a phase found it (coupled learning).</param>
    /// <param name="feedback">Factor on what comes from above.</param>
    public LeakySlice(SliceContext context, bool couples, double feedback = 1)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _feedback = (float)feedback;
        _nudge = context.Rule.Model.NudgeInPhase is { IsConstant: false } nudge ? nudge : null;
        SlicePlan plan = context.Slice;
        _output = plan.Population.Role == PopulationRole.Output ? new(context.Lanes, plan, couples) : null;
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
    public override bool IsFinite => VectorKernels.AllFinite(_drive);

    /// <inheritdoc/>
    public override double Energy
    {
        get
        {
            double squares = VectorKernels.SumOfSquares(_state) / 2 / Lanes;
            return squares + SliceEnergy.OfCouplings(Here(), Synapses, Plan.Count);
        }
    }

    /// <inheritdoc/>
    protected override TargetPull? Target => _output;

    /// <inheritdoc/>
    public override ActivityPlace PlaceOf(float activity) => ActivityPlaces.Of(_activation, activity);

    /// <inheritdoc/>
    public override void CopyActivity(Span<float> destination) => Copy(_activity, _stride, destination);

    /// <inheritdoc/>
    public override void Describe(StateSection state)
    {
        base.Describe(state);
        state.Floats(64, _state);
        state.Floats(65, _activity);
        if (state.IsRestoring)
            SumSteady(-1);
    }

    /// <inheritdoc/>
    protected override bool Advance(float elapsed)
    {
        Elapse(elapsed);
        SumDrive(elapsed);
        // A step longer than τ goes the whole way to where the drive points, and no further.
        float share = Math.Min(elapsed, 1);
        bool changed = _activation == Activation.HardSigmoid
            ? VectorKernels.HardSigmoidStepDetect(_state, _drive, share)
            : StepSmooth(share);
        return changed | (_output?.Clamp(_state, _activity, _stride, Tag.Phase) ?? false);
    }

    /// <inheritdoc/>
    protected override LocalSignals Here() => Here(_activity, _stride);

    private void SumDrive(float elapsed)
    {
        long version = Bias.Version;
        foreach (SynapseGroup synapses in Synapses)
        {
            synapses.RefreshCurrent();
            version += synapses.IsFromInput ? synapses.CurrentVersion : 0;
        }

        if (version != _steadyVersion)
            SumSteady(version);
        ReadOnlySpan<float> sum = _steady;
        foreach (SynapseGroup synapses in Synapses)
        {
            if (synapses.IsFromInput)
                continue;
            if (_feedback != 1 && synapses.Projection.Side == NeighbourSide.Upper)
                AddDamped(sum, synapses.Current);
            else
                VectorKernels.Sum(sum, synapses.Current, _drive);
            sum = _drive;
        }

        if (sum == _steady)
            _steady.CopyTo(_drive, 0);
        Response?.Apply(_drive);
        if (_activation != Activation.HardSigmoid)
        {
            for (int i = 0; i < _drive.Length; i++)
                _drive[i] *= ActivationFunction.Slope(_activation, _activity[i]);
        }

        _output?.AddTo(_drive, _state, _stride, Tag.Phase, Factor(elapsed));
    }

    /// <summary>Factor on the strength of the nudge, as a mean over the time of a step.</summary>
    private float Factor(float elapsed) =>
        _nudge is null || elapsed == 0 ? 1 : (float)_nudge.Mean(TimeInPhase - elapsed, TimeInPhase);

    private void AddDamped(ReadOnlySpan<float> sum, ReadOnlySpan<float> current)
    {
        if (sum != _drive)
            sum.CopyTo(_drive);
        VectorKernels.AddScaled(current, _feedback, _drive);
    }

    /// <summary>The part of the drive that stands still within a phase: biases and what comes from the input.</summary>
    private void SumSteady(long version)
    {
        _steadyVersion = version;
        for (int lane = 0; lane < Lanes; lane++)
            Bias.Values.CopyTo(_steady.AsSpan(lane * _stride, _stride));
        foreach (SynapseGroup synapses in Synapses)
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
        // ρ(0) need not be 0, yet padding must stay zero or it would learn.
        for (int lane = 0; lane < Lanes; lane++)
            _activity.AsSpan((lane * _stride) + Plan.Count, _stride - Plan.Count).Clear();
    }
}
