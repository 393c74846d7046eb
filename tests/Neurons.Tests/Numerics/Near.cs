namespace Nudge.Neurons.Tests.Numerics;

/// <summary>Comparisons of sums in single precision with the same in double.</summary>
internal static class Near
{
    private const double Rounding = 1.0 / (1 << 24);

    /// <summary>Asserts the bound that holds for a sum of so many terms in any order (Higham 2002, §3.1).</summary>
    /// <param name="expected">The sum in double precision.</param>
    /// <param name="size">The sum of the terms' sizes.</param>
    /// <param name="terms">Number of terms.</param>
    /// <param name="actual">The sum in single precision.</param>
    public static void Sum(double expected, double size, int terms, float actual)
    {
        var error = Math.Abs(expected - actual);
        Assert.True(error <= (terms + 1) * Rounding * size, $"{actual} is {error} away from {expected}");
    }

    /// <summary>Asserts equal bits.</summary>
    public static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]),
                $"At {i}: expected {expected[i]:R}, found {actual[i]:R}");
        }
    }
}
