using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

/// <summary>Values that depend on a number alone, so that a failing case can be drawn again.</summary>
internal static class Draws
{
    /// <summary>Values spread evenly over [−1, 1).</summary>
    public static float[] Vector(ulong seed, int length)
    {
        var values = new float[length];
        for (var i = 0; i < length; i++)
        {
            values[i] = ((Mix(seed, i) >> 40) / 8_388_608f) - 1f;
        }

        return values;
    }

    /// <summary>As <see cref="Vector"/>, lane after lane, the last values of each lane being zeros.</summary>
    public static float[] Lanes(ulong seed, int lanes, int length, int paddedLength)
    {
        var values = new float[lanes * paddedLength];
        for (var lane = 0; lane < lanes; lane++)
        {
            Vector(seed + (ulong)lane, length).CopyTo(values, lane * paddedLength);
        }

        return values;
    }

    /// <summary>As <see cref="Vector"/>, but most values are zero.</summary>
    public static float[] Sparse(ulong seed, int length)
    {
        var values = Vector(seed, length);
        for (var i = 0; i < length; i++)
        {
            values[i] = Mix(~seed, i) % 5 == 0 ? values[i] : 0f;
        }

        return values;
    }

    public static PanelMatrix Matrix(ulong seed, int rows, int columns)
    {
        var matrix = new PanelMatrix(rows, columns);
        matrix.CopyFromRowMajor(Vector(seed, rows * columns));
        return matrix;
    }

    // SplitMix64 (Steele, Lea and Flood 2014), counted rather than stepped.
    private static ulong Mix(ulong seed, int number)
    {
        var z = (seed * 0xD1342543DE82EF95) + (((ulong)number + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
