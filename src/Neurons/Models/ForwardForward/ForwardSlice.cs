using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.State;
using Nudge.Synapses;

namespace Nudge.Models.ForwardForward;

/// <summary>
/// One layer of Forward-Forward (Hinton 2022; theory §4): h = max(0, W·x/‖x‖ + b), so that only the direction of what the
/// layer below represents is seen and not its goodness. The goodness of a layer is the mean of h². Length and goodness
/// belong to the whole layer, so a layer is one slice.
/// </summary>
public sealed class ForwardSlice : SynapticSlice
{
    private readonly int _stride;
    private readonly float[] _activity;
    private readonly float[] _goodness;
    private readonly float[] _current;
    private readonly float[] _bias;
    private long _version = -1;

    /// <summary>Makes a layer with its first weights, all units at zero.</summary>
    /// <param name="context">The layer's place in the network, and its settings.</param>
    public ForwardSlice(SliceContext context)
        : base(context)
    {
        if (Synapses.Length != 1)
            throw new ArgumentException(
                $"Layer {Plan.Population.Name} of Forward-Forward must receive from exactly one population.");
        _stride = PanelMatrix.Pad(Plan.Count);
        _activity = new float[Lanes * _stride];
        _goodness = new float[Lanes];
        (_current, _bias) = Response is null ? ([], []) : (new float[_activity.Length], new float[_stride]);
    }

    /// <inheritdoc/>
    public override bool IsFinite => VectorKernels.AllFinite(_goodness);

    /// <inheritdoc/>
    public override double Energy => -_goodness.Sum() / Lanes;

    /// <summary>Its goodness: one value for each lane.</summary>
    public override int AnswerSize => 1;

    /// <inheritdoc/>
    public override void CopyAnswer(Span<float> destination) => _goodness.CopyTo(destination);

    /// <inheritdoc/>
    public override void CopyActivity(Span<float> destination) => Copy(_activity, _stride, destination);

    /// <inheritdoc/>
    public override void Describe(StateSection state)
    {
        base.Describe(state);
        state.Floats(64, _activity);
        state.Floats(65, _goodness);
        if (state.IsRestoring)
            _version = -1;
    }

    /// <inheritdoc/>
    protected override bool Advance(float elapsed) => Activate();

    /// <inheritdoc/>
    protected override void EndPhase()
    {
        // Messages of this phase may have arrived since the last step, and a layer learns with the very input that it
        // answers to.
        Activate();
        base.EndPhase();
    }

    /// <inheritdoc/>
    protected override LocalSignals Here() => Here(_activity, _stride);

    private bool Activate()
    {
        SynapseGroup synapses = Synapses[0];
        synapses.RefreshCurrent();
        if (synapses.CurrentVersion + Bias.Version == _version)
            return false;
        _version = synapses.CurrentVersion + Bias.Version;
        ReadOnlySpan<float> current = synapses.Current;
        ReadOnlySpan<float> bias = Bias.Values;
        if (Response is not null)
        {
            // The slope belongs to the whole current; the length of what was received divides the synapses' part alone.
            Response.Scale(current, _current);
            Response.Apply(bias, _bias);
            current = _current;
            bias = _bias;
        }

        int sources = synapses.Projection.Source.Size;
        for (int lane = 0; lane < Lanes; lane++)
        {
            float scale = InputScale.Of(synapses.Received.Slice(lane * sources, sources));
            float squares = VectorKernels.RectifyScaled(
                current.Slice(lane * _stride, _stride),
                scale,
                bias,
                _activity.AsSpan(lane * _stride, _stride));
            _goodness[lane] = squares / Plan.Count;
        }

        return true;
    }
}
