using Nudge.Checkpointing;
using Nudge.Numerics;

namespace Nudge.Synapses;

/// <summary>
/// The moments of Adam at one group of synapses or biases: kept where the weights are, and across phases, as a declared
/// exception to locality in time (theory §5).
/// </summary>
internal sealed class AdamMoments
{
    private readonly OptimiserSettings _settings;
    private readonly PanelMatrix _firstMoment;
    private readonly PanelMatrix _secondMoment;
    private float _rate;
    private long _updates;

    private AdamMoments(OptimiserSettings settings, int rows, int columns)
    {
        _settings = settings;
        _firstMoment = new(rows, columns);
        _secondMoment = new(rows, columns);
    }

    /// <summary>The moments of rows × columns weights, or null where the settings name no Adam.</summary>
    internal static AdamMoments? For(OptimiserSettings settings, int rows, int columns) =>
        settings.Kind == OptimiserKind.Adam ? new(settings, rows, columns) : null;

    /// <summary>Takes the rate of the next update, which Adam applies last; gives the factor to fold into the gradient.</summary>
    internal float Begin(float rate)
    {
        _rate = rate;
        return 1;
    }

    internal void Learn(PanelMatrix weights, ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms, float keep) =>
        MatrixKernels.AddOuterAdam(weights, _firstMoment, _secondMoment, post, pre, terms, Next(keep));

    internal void Learn(Span<float> weights, ReadOnlySpan<float> gradient) =>
        VectorKernels.AddAdam(weights, _firstMoment.Storage, _secondMoment.Storage, gradient, Next(1));

    internal void Save(BinaryWriter writer)
    {
        writer.WriteFloats(_firstMoment.Storage);
        writer.WriteFloats(_secondMoment.Storage);
        writer.Write(_updates);
    }

    internal void Restore(BinaryReader reader)
    {
        reader.ReadFloats(_firstMoment.Storage);
        reader.ReadFloats(_secondMoment.Storage);
        _updates = reader.ReadInt64();
    }

    private AdamStep Next(float keep) => AdamStep.Of(
        _rate, (float)_settings.Beta1, (float)_settings.Beta2, (float)_settings.Epsilon, keep, ++_updates);
}
