using Nudge.Checkpointing;
using Nudge.Numerics;
using Nudge.Plasticity;

namespace Nudge.Projections;

/// <summary>
/// The moments of Adam at one group of synapses or biases: kept where the weights are, and across phases, as a declared
/// exception to locality in time (theory §5).
/// </summary>
internal sealed class AdamState
{
    private readonly OptimiserSettings _settings;
    private readonly PanelMatrix _first;
    private readonly PanelMatrix _second;
    private float _rate;
    private long _updates;

    private AdamState(OptimiserSettings settings, int rows, int columns)
    {
        _settings = settings;
        _first = new(rows, columns);
        _second = new(rows, columns);
    }

    /// <summary>The moments of rows × columns weights, or null where the settings name no Adam.</summary>
    internal static AdamState? For(OptimiserSettings settings, int rows, int columns) =>
        settings.Kind == OptimiserKind.Adam ? new(settings, rows, columns) : null;

    /// <summary>Takes the rate of the next update, which Adam applies last; gives the factor to fold into the gradient.</summary>
    internal float Begin(float rate)
    {
        _rate = rate;
        return 1;
    }

    internal void Learn(PanelMatrix weights, ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms, float keep) =>
        MatrixKernels.AddOuterAdam(weights, _first, _second, post, pre, terms, Next(keep));

    internal void Learn(Span<float> weights, ReadOnlySpan<float> gradient) =>
        VectorKernels.AddAdam(weights, _first.Storage, _second.Storage, gradient, Next(1));

    internal void Save(BinaryWriter writer)
    {
        writer.WriteFloats(_first.Storage);
        writer.WriteFloats(_second.Storage);
        writer.Write(_updates);
    }

    internal void Restore(BinaryReader reader)
    {
        reader.ReadFloats(_first.Storage);
        reader.ReadFloats(_second.Storage);
        _updates = reader.ReadInt64();
    }

    private AdamStep Next(float keep) => AdamStep.Of(
        _rate, (float)_settings.Beta1, (float)_settings.Beta2, (float)_settings.Epsilon, keep, ++_updates);
}
