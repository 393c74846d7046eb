using Nudge.Numerics;
using Nudge.State;

namespace Nudge.Synapses;

/// <summary>
/// The moments of Adam at one group of synapses or biases: kept where the weights are, and across phases, as a declared
/// exception to locality in time (theory §5).
/// </summary>
internal sealed class AdamMoments : IStateful
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

    internal void Learn(Span<float> weights, ReadOnlySpan<float> gradient, float keep = 1) =>
        VectorKernels.AddAdam(weights, _firstMoment.Storage, _secondMoment.Storage, gradient, Next(keep));

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.Floats(1, _firstMoment.Storage);
        state.Floats(2, _secondMoment.Storage);
        state.Item(3, ref _updates);
    }

    private AdamStep Next(float keep) => AdamStep.Of(
        _rate, (float)_settings.Beta1, (float)_settings.Beta2, (float)_settings.Epsilon, keep, ++_updates);
}
