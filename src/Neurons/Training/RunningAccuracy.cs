using Nudge.State;

namespace Nudge.Training;

/// <summary>Share of recent answers that are correct, by an exponential mean that is exact while it is young.</summary>
public sealed class RunningAccuracy : IStateful
{
    private const double Memory = 500;
    private double _sum;
    private double _weight;

    /// <summary>The share, or not-a-number before the first answer.</summary>
    public double Value => _weight == 0 ? double.NaN : _sum / _weight;

    /// <summary>Counts one answer.</summary>
    public void Add(bool correct)
    {
        _sum = (_sum * (1 - (1 / Memory))) + (correct ? 1 : 0);
        _weight = (_weight * (1 - (1 / Memory))) + 1;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Item(1, ref _sum);
        state.Item(2, ref _weight);
    }
}
