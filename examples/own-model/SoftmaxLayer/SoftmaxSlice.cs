using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace OwnModel.SoftmaxLayer;

/// <summary>
/// Softmax units: τ dp/dt = −p + softmax(γ(b + W·received)), by Euler steps of the elapsed local time.
/// </summary>
public sealed class SoftmaxSlice : SynapticSlice
{
    private readonly TargetPull _target;
    private readonly float _inverseTemperature;
    private readonly int _stride;
    private readonly float[] _activity;
    private readonly float[] _drive;

    /// <summary>Makes a slice with its first weights, all units at zero.</summary>
    /// <exception cref="ArgumentException">The slice is not the whole of an output population.</exception>
    public SoftmaxSlice(SliceContext context)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Plan.Population.Role != PopulationRole.Output || Plan.Count != Plan.Population.Size)
            throw new ArgumentException($"The slice {Plan.Name} is not a whole output population.", nameof(context));
        _target = new(Lanes, Plan, couples: false);
        _inverseTemperature = (float)((SoftmaxSettings)context.Rule.Model).InverseTemperature;
        _stride = PanelMatrix.Pad(Plan.Count);
        _activity = new float[Lanes * _stride];
        _drive = new float[_activity.Length];
    }

    /// <inheritdoc/>
    public override bool IsFinite => VectorKernels.AllFinite(_drive);

    /// <inheritdoc/>
    protected override TargetPull Target => _target;

    /// <inheritdoc/>
    public override void CopyActivity(Span<float> destination) => Copy(_activity, _stride, destination);

    /// <inheritdoc/>
    public override void Describe(StateSection state)
    {
        base.Describe(state);
        state.Floats(64, _activity);
    }

    /// <inheritdoc/>
    protected override bool Advance(float elapsed)
    {
        Elapse(elapsed);
        SumDrive();
        bool changed = false;
        for (int lane = 0; lane < Lanes; lane++)
        {
            Span<float> goal = _drive.AsSpan(lane * _stride, Plan.Count);
            Softmax(goal);
            changed |= Approach(_activity.AsSpan(lane * _stride, Plan.Count), goal, Math.Min(elapsed, 1));
        }

        return changed | _target.Clamp(_activity, _activity, _stride, Tag.Phase);
    }

    /// <inheritdoc/>
    protected override LocalSignals Here() => Here(_activity, _stride);

    private void SumDrive()
    {
        for (int lane = 0; lane < Lanes; lane++)
            Bias.Values.CopyTo(_drive.AsSpan(lane * _stride, _stride));
        foreach (SynapseGroup synapses in Synapses)
        {
            synapses.RefreshCurrent();
            VectorKernels.Add(synapses.Current, _drive);
        }
    }

    private void Softmax(Span<float> drive)
    {
        float most = float.NegativeInfinity;
        foreach (float value in drive)
            most = Math.Max(most, value);
        float sum = 0;
        foreach (ref float value in drive)
        {
            // Not Math.Exp, whose last bit may differ between machines.
            value = (float)Elementary.Exp(_inverseTemperature * (value - most));
            sum += value;
        }

        foreach (ref float value in drive)
            value /= sum;
    }

    private static bool Approach(Span<float> activity, ReadOnlySpan<float> goal, float share)
    {
        bool changed = false;
        for (int i = 0; i < activity.Length; i++)
        {
            float next = float.FusedMultiplyAdd(share, goal[i] - activity[i], activity[i]);
            changed |= next != activity[i];
            activity[i] = next;
        }

        return changed;
    }
}
