using System.Numerics;

namespace Nudge.Oracles;

/// <summary>
/// Visits every state of the enumerated side in the order of a Gray code, so that each step changes one unit and the
/// fields follow by one row of additions.
/// </summary>
internal sealed class StateWalk(EnumeratedSide side)
{
    // Sums are computed again so often that the rounding of additions cannot accumulate.
    private const ulong Refresh = 256;
    private readonly double[] _fields = new double[side.Summed];
    private readonly double[] _coupled = new double[side.Couplings is null ? 0 : side.Units];
    private readonly ulong _count = 1UL << side.Units;
    private ulong _visited;

    /// <summary>The present state: bit i is unit i.</summary>
    internal ulong State { get; private set; }

    /// <summary>The part of −βE that does not name a summed unit.</summary>
    internal double Linear { get; private set; }

    /// <summary>β times bias and input of each summed unit.</summary>
    internal ReadOnlySpan<double> Fields => _fields;

    internal bool MoveNext()
    {
        if (_visited == _count)
            return false;
        if (_visited % Refresh == 0)
            StartAt(_visited ^ (_visited >> 1));
        else
            Flip(BitOperations.TrailingZeroCount(_visited));
        _visited++;
        return true;
    }

    private void StartAt(ulong state)
    {
        State = 0;
        Linear = 0;
        side.SummedBias.CopyTo(_fields, 0);
        Array.Clear(_coupled);
        for (ulong left = state; left != 0; left &= left - 1)
            Flip(BitOperations.TrailingZeroCount(left));
    }

    private void Flip(int unit)
    {
        State ^= 1UL << unit;
        double sign = (State >> unit & 1) == 1 ? 1 : -1;
        Linear += sign * side.Bias[unit];
        Add(sign, side.Weights.AsSpan(unit * side.Summed, side.Summed), _fields);
        if (side.Couplings is null)
            return;
        Linear += sign * _coupled[unit];
        Add(sign, side.Couplings.AsSpan(unit * side.Units, side.Units), _coupled);
    }

    private static void Add(double sign, ReadOnlySpan<double> row, Span<double> sum)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += sign * row[i];
    }
}
