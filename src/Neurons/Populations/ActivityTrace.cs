using Nudge.Numerics;
using Nudge.State;

namespace Nudge.Populations;

/// <summary>
/// What was last sent of each value of a frame, as the sender or a receiver knows it. With a time constant it decays towards zero
/// at both ends, each by its own clock, so that what was lost is forgotten and what stays must be sent again.
/// </summary>
/// <param name="values">Values of one frame.</param>
/// <param name="timeConstant">Of the decay, in τ; 0 for none.</param>
internal sealed class ActivityTrace(int values, double timeConstant)
{
    // Below it nothing would ever be sent or seen, and products are faster where nothing is left.
    private const float Least = 1e-6f;

    private readonly float[] _values = new float[values];
    private double _time;

    /// <summary>The values at the time of the last <see cref="TryDecay"/>.</summary>
    internal Span<float> Values => _values;

    /// <summary>Lets time pass.</summary>
    /// <param name="now">The owner's time, in τ.</param>
    /// <returns>Whether any value may have changed.</returns>
    internal bool TryDecay(double now)
    {
        if (timeConstant == 0 || now <= _time)
            return false;
        float factor = (float)Elementary.Exp((_time - now) / timeConstant);
        _time = now;
        for (int i = 0; i < _values.Length; i++)
        {
            float value = _values[i] * factor;
            _values[i] = Math.Abs(value) < Least ? 0 : value;
        }

        return true;
    }

    /// <summary>Saves or restores its values.</summary>
    internal void DescribeValues(StateSection state, int tag) => state.Floats(tag, _values);

    /// <summary>Saves or restores its time, which only a trace that decays has.</summary>
    internal void DescribeTime(StateSection state, int tag)
    {
        if (timeConstant > 0)
            state.Item(tag, ref _time);
    }
}
