using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Models.PredictiveCoding;

/// <summary>
/// Predictive coding (Whittington and Bogacz 2017): each unit has a value x and an error ε.
/// μ = Σ W·ρ(x below) + b predicts the value, ε = (x − μ)/v with the variance v is how far it is from that, and
/// τ dx/dt = v·(−ε + ρ′(x)·Σ W′·ε above), by Euler steps of the elapsed local time, where W′ is this population's own
/// copy of the weights from above. v is 1 but for the output, whose units are linear and held at their target in a
/// positive phase. In a free phase every error relaxes to 0, so the local statistic ε_i·ρ(x_j) has a negative phase of
/// mean 0, and the contrast of the two phases is the learning rule of predictive coding.
/// </summary>
/// <remarks>
/// One message carries ρ(x) and ε of every unit; a neighbour above uses the first, one below the second. A lost message
/// leaves the last values in place.
/// </remarks>
public sealed class PredictiveCodingSlice : SynapticSlice
{
    private readonly TargetPull? _target;
    private readonly Activation _activation;
    private readonly float _precision;
    private readonly int _stride;
    private readonly float[] _value;
    private readonly float[] _activity;
    private readonly float[] _error;
    private readonly float[] _prediction;
    private readonly float[] _feedback;

    /// <summary>Makes a slice with its first weights, all values and errors at zero.</summary>
    /// <exception cref="ArgumentException">A projection comes from neither below nor above.</exception>
    public PredictiveCodingSlice(SliceContext context)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        SlicePlan plan = context.Slice;
        foreach (SynapseGroup synapses in Synapses)
        {
            if (synapses.Projection.Side == NeighbourSide.Lateral)
            {
                throw new ArgumentException(
                    $"Projection {synapses.Projection.Name} leads neither up nor down the hierarchy.");
            }
        }

        bool isOutput = plan.Population.Role == PopulationRole.Output;
        _target = isOutput ? new(context.Lanes, plan, couples: false) : null;
        _activation = plan.Population.Settings.Activation;
        _precision = isOutput ? (float)(1 / ((PredictiveCodingSettings)context.Rule.Model).OutputVariance) : 1;
        _stride = PanelMatrix.Pad(plan.Count);
        _value = new float[Lanes * _stride];
        // Output units are linear: their value is what they send and answer.
        _activity = isOutput ? _value : new float[_value.Length];
        _error = new float[_value.Length];
        _prediction = new float[_value.Length];
        _feedback = new float[_value.Length];
        Activate();
    }

    /// <inheritdoc/>
    public override bool IsFinite => VectorKernels.AllFinite(_value);

    /// <summary>½ Σ ε² of its units, times the variance: its share of the free energy (Whittington and Bogacz 2017).</summary>
    public override double Energy => VectorKernels.SumOfSquares(_error) / (2 * _precision * Lanes);

    /// <inheritdoc/>
    protected override TargetPull? Target => _target;

    /// <inheritdoc/>
    public override ActivityPlace PlaceOf(float activity) => ActivityPlaces.Of(_activation, activity);

    /// <inheritdoc/>
    public override void CopyActivity(Span<float> destination) => Copy(_activity, _stride, destination);

    /// <summary>Copies the errors ε, lanes × units.</summary>
    public void CopyErrors(Span<float> destination) => Copy(_error, _stride, destination);

    /// <inheritdoc/>
    public override void Describe(StateSection state)
    {
        base.Describe(state);
        state.Floats(64, _value);
        state.Floats(65, _error);
        if (state.IsRestoring)
            Activate();
    }

    /// <inheritdoc/>
    protected override bool Advance(float elapsed)
    {
        Elapse(elapsed);
        SumInputs();
        // A step longer than τ goes the whole way to where the drive points, and no further.
        bool changed = StepValues(Math.Min(elapsed, 1));
        _target?.Clamp(_value, _activity, _stride, Tag.Phase);
        return changed | CompareWithPrediction();
    }

    /// <inheritdoc/>
    protected override void CopyChannels(Span<float> destination)
    {
        int size = Lanes * Plan.Count;
        CopyActivity(destination[..size]);
        CopyErrors(destination[size..]);
    }

    /// <inheritdoc/>
    // A synapse from below learns ε·ρ(received), one from above ρ·ε(received): the same product at both ends.
    protected override LocalSignals Here() =>
        Here(_error, _stride) with { FeedbackActivity = _activity };

    private void SumInputs()
    {
        for (int lane = 0; lane < Lanes; lane++)
            Bias.Values.CopyTo(_prediction.AsSpan(lane * _stride, _stride));
        Array.Clear(_feedback);
        foreach (SynapseGroup synapses in Synapses)
        {
            synapses.RefreshCurrent();
            VectorKernels.Add(synapses.Current, synapses.Projection.Channel == PredictiveCodingModel.Values ? _prediction : _feedback);
        }

        Response?.Apply(_prediction);
    }

    private bool StepValues(float share)
    {
        bool changed = false;
        for (int i = 0; i < _value.Length; i++)
        {
            float slope = Slope(_activity[i]);
            float next = float.FusedMultiplyAdd(slope, _feedback[i], _prediction[i]);
            next = float.FusedMultiplyAdd(share, next - _value[i], _value[i]);
            changed |= next != _value[i];
            _value[i] = next;
        }

        Activate();
        return changed;
    }

    private bool CompareWithPrediction()
    {
        bool changed = false;
        for (int i = 0; i < _error.Length; i++)
        {
            float error = _precision * (_value[i] - _prediction[i]);
            changed |= error != _error[i];
            _error[i] = error;
        }

        return changed;
    }

    // Values are not clipped here, so the hard sigmoid is flat outside its range.
    private float Slope(float activity) => _activation == Activation.HardSigmoid
        ? activity is > 0 and < 1 ? 1 : 0
        : ActivationFunction.Slope(_activation, activity);

    private void Activate()
    {
        if (ReferenceEquals(_activity, _value))
            return;
        ActivationFunction.Apply(_activation, _value, _activity);
        // ρ(0) need not be 0, yet padding must not learn.
        for (int lane = 0; lane < Lanes; lane++)
            _activity.AsSpan((lane * _stride) + Plan.Count, _stride - Plan.Count).Clear();
    }
}
