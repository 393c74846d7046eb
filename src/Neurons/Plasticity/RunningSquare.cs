using Nudge.State;

namespace Nudge.Plasticity;

/// <summary>A mean over about the last 500 values, exact while it is young. Eight bytes.</summary>
internal struct RunningSquare : IStateful
{
    private const int Memory = 500;
    private float _mean;
    private int _count;

    /// <summary>The mean; not-a-number before the first value.</summary>
    internal readonly double Value => _count == 0 ? double.NaN : _mean;

    internal void Add(double square)
    {
        _count = Math.Min(_count + 1, Memory);
        _mean += (float)((square - _mean) / _count);
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.Item(1, ref _mean);
        state.Item(2, ref _count);
    }
}
