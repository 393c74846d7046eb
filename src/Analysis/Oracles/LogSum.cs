using Nudge.Numerics;

namespace Nudge.Oracles;

/// <summary>
/// log Σ e^x of terms that come one after another: relative to the largest term so far, with compensated summation
/// (Neumaier 1974).
/// </summary>
internal struct LogSum()
{
    private double _sum;
    private double _lost;

    /// <summary>The largest term so far.</summary>
    internal double Largest { get; private set; } = double.NegativeInfinity;

    /// <summary>log Σ e^x of the terms so far; −∞ without any.</summary>
    internal readonly double Value => Largest + Elementary.Log(Relative);

    /// <summary>Σ e^x relative to the largest term.</summary>
    internal readonly double Relative => _sum + _lost;

    /// <summary>Takes in e^x.</summary>
    /// <param name="x">A finite number.</param>
    /// <param name="rescale">What weights relative to the previous largest term are to be multiplied by.</param>
    /// <returns>The term's weight relative to the largest term.</returns>
    internal double Add(double x, out double rescale)
    {
        rescale = 1;
        if (x > Largest)
        {
            rescale = Elementary.Exp(Largest - x);
            Largest = x;
            _sum *= rescale;
            _lost *= rescale;
        }

        double term = Elementary.Exp(x - Largest);
        double next = _sum + term;
        _lost += _sum >= term ? _sum - next + term : term - next + _sum;
        _sum = next;
        return term;
    }

    internal void Add(double x) => Add(x, out _);
}
