using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Models.DualPropagation;

/// <summary>
/// Dyadic units (Høier, Staudt and Zach 2023, with α = ½): two states s⁺ and s⁻ with the mean s̄ and the difference δ. With
/// a = Σ W·s̄ below + b and the feedback f = Σ W′·δ above, τ ds±/dt = −s± + ρ(a ± f/2), by Euler steps of the elapsed local time, where
/// W′ is this population's own copy of the weights from above. Output units are linear, and their feedback is β(y − a). The local
/// statistic is δ_i·s̄_j; nothing in it belongs to another instant.
/// </summary>
/// <remarks>
/// One message carries s̄ and δ of every unit; a neighbour above uses the first, one below the second. A lost message leaves the last
/// values in place.
/// </remarks>
public sealed class DyadicSlice : SynapticSlice
{
    private readonly TargetPull? _target;
    private readonly Activation _activation;
    private readonly int _stride;
    private readonly float[] _plus;
    private readonly float[] _minus;
    private readonly float[] _mean;
    private readonly float[] _difference;
    private readonly float[] _drive;
    private readonly float[] _feedback;
    private readonly float[] _goal;

    /// <summary>Makes a slice with its first weights, both states of all units at ρ(0).</summary>
    /// <exception cref="ArgumentException">A projection comes from neither below nor above.</exception>
    public DyadicSlice(SliceContext context)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        SlicePlan plan = context.Slice;
        foreach (SynapseGroup synapses in Synapses)
        {
            if (synapses.Projection.Side == NeighbourSide.Lateral)
                throw new ArgumentException($"Projection {synapses.Projection.Name} leads neither up nor down the hierarchy.");
        }

        _target = plan.Population.Role == PopulationRole.Output ? new(context.Lanes, plan, couples: false) : null;
        _activation = plan.Population.Settings.Activation;
        _stride = PanelMatrix.Pad(plan.Count);
        _plus = new float[Lanes * _stride];
        _minus = new float[_plus.Length];
        _mean = new float[_plus.Length];
        _difference = new float[_plus.Length];
        _drive = new float[_plus.Length];
        _feedback = new float[_plus.Length];
        _goal = new float[_plus.Length];
        Activate(_plus, _plus);
        _plus.CopyTo(_minus, 0);
        Compare();
    }

    /// <inheritdoc/>
    public override bool IsFinite => VectorKernels.AllFinite(_plus) && VectorKernels.AllFinite(_minus);

    /// <summary>½ Σ δ² of its units, mean over lanes: how far apart the two states are.</summary>
    public override double Energy => VectorKernels.SumOfSquares(_difference) / (2 * Lanes);

    /// <inheritdoc/>
    protected override TargetPull? Target => _target;

    /// <inheritdoc/>
    public override ActivityPlace PlaceOf(float activity) =>
        _target is null ? ActivityPlaces.Of(_activation, activity) : base.PlaceOf(activity);

    /// <inheritdoc/>
    public override void CopyActivity(Span<float> destination) => Copy(_mean, _stride, destination);

    /// <summary>Copies the differences δ, lanes × units.</summary>
    public void CopyDifferences(Span<float> destination) => Copy(_difference, _stride, destination);

    /// <inheritdoc/>
    public override void Describe(StateSection state)
    {
        base.Describe(state);
        state.Floats(64, _plus);
        state.Floats(65, _minus);
        if (state.IsRestoring)
            Compare();
    }

    /// <inheritdoc/>
    protected override bool Advance(float elapsed)
    {
        Elapse(elapsed);
        SumInputs();
        // A step longer than τ goes the whole way to where the drive points, and no further.
        float share = Math.Min(elapsed, 1);
        bool changed = Approach(_plus, 0.5f, share);
        changed |= Approach(_minus, -0.5f, share);
        if (changed)
            Compare();
        return changed;
    }

    /// <inheritdoc/>
    protected override void CopyChannels(Span<float> destination)
    {
        int size = Lanes * Plan.Count;
        CopyActivity(destination[..size]);
        CopyDifferences(destination[size..]);
    }

    /// <inheritdoc/>
    // A synapse from below learns δ·s̄(received), one from above s̄·δ(received): the same product at both ends.
    protected override LocalSignals Here() => Here(_difference, _stride) with { FeedbackActivity = _mean };

    private void SumInputs()
    {
        for (int lane = 0; lane < Lanes; lane++)
            Bias.Values.CopyTo(_drive.AsSpan(lane * _stride, _stride));
        Array.Clear(_feedback);
        foreach (SynapseGroup synapses in Synapses)
        {
            synapses.RefreshCurrent();
            VectorKernels.Add(synapses.Current, synapses.Projection.Channel == DualPropagationModel.Means ? _drive : _feedback);
        }

        Response?.Apply(_drive);
        _target?.AddTo(_feedback, _drive, _stride, Tag.Phase);
    }

    private bool Approach(Span<float> state, float side, float share)
    {
        _drive.CopyTo(_goal, 0);
        VectorKernels.AddScaled(_feedback, side, _goal);
        // Within its bounds the hard sigmoid is the identity, so that a state that is clipped goes where a clipped goal would take it.
        if (_target is null && _activation == Activation.HardSigmoid)
            return VectorKernels.HardSigmoidStepDetect(state, _goal, share);
        if (_target is null)
            Activate(_goal, _goal);
        bool changed = false;
        for (int i = 0; i < state.Length; i++)
        {
            float next = float.FusedMultiplyAdd(share, _goal[i] - state[i], state[i]);
            changed |= next != state[i];
            state[i] = next;
        }

        return changed;
    }

    private void Compare()
    {
        VectorKernels.Sum(_plus, _minus, _mean);
        VectorKernels.Scale(_mean, 0.5f);
        VectorKernels.Scale(_minus, -1, _difference);
        VectorKernels.Add(_plus, _difference);
    }

    private void Activate(ReadOnlySpan<float> values, Span<float> activities)
    {
        if (_target is not null)
            return;
        ActivationFunction.Apply(_activation, values, activities);
        // ρ(0) need not be 0, yet padding must not learn.
        for (int lane = 0; lane < Lanes; lane++)
            activities.Slice((lane * _stride) + Plan.Count, _stride - Plan.Count).Clear();
    }
}
