using CsCheck;
using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class RoundingTests
{
    private static readonly Gen<(ulong Seed, int Length, int Exponent, int Bits)> Cases =
        Gen.Select(Gen.ULong, Gen.Int[0, 200], Gen.Int[-6, 3], Gen.Int[2, 16]);

    [Fact]
    public void A_value_goes_up_if_its_uniform_number_is_below_its_distance_from_the_multiple_below() => Cases.Sample(c =>
    {
        var (step, least, most) = Grid(c.Exponent, c.Bits);
        var key = KeyOf(c.Seed);
        var values = Values(c.Seed, c.Length, most);
        var expected = new float[c.Length];
        for (var i = 0; i < c.Length; i++)
        {
            var (word0, word1, word2, word3) = key.Draw(c.Seed + ((ulong)i / 4));
            var word = new[] { word0, word1, word2, word3 }[i % 4];
            var below = Math.Floor((double)values[i] / step);
            var up = ((word >> 9) + 0.5) / (1 << 23) < ((double)values[i] / step) - below;
            expected[i] = (float)Math.Clamp((below + (up ? 1 : 0)) * step, least, most);
        }

        VectorKernels.RoundByChance(key, c.Seed, values, step, least, most);
        Near.Same(expected, values);
    });

    [Fact]
    public void Both_give_multiples_within_the_range_and_leave_those_as_they_are() => Cases.Sample(c =>
    {
        var (step, least, most) = Grid(c.Exponent, c.Bits);
        var values = Values(c.Seed, c.Length, most);
        var (byChance, nearest) = (values.ToArray(), values.ToArray());
        VectorKernels.RoundByChance(KeyOf(c.Seed), 5, byChance, step, least, most);
        VectorKernels.RoundToNearest(nearest, step, least, most);
        for (var i = 0; i < values.Length; i++)
        {
            var exact = Math.Clamp(values[i], least, most);
            Assert.True(Math.Abs(byChance[i] - exact) < step, $"{values[i]} became {byChance[i]} with a step of {step}");
            Assert.True(Math.Abs(nearest[i] - exact) <= step / 2 || exact > most - step, $"{values[i]} became {nearest[i]}");
            Assert.All([byChance[i], nearest[i]], one => Assert.Equal(0, Math.IEEERemainder(one, step)));
        }

        var (again, nearestAgain) = (byChance.ToArray(), nearest.ToArray());
        VectorKernels.RoundByChance(KeyOf(c.Seed + 1), 77, again, step, least, most);
        VectorKernels.RoundToNearest(nearestAgain, step, least, most);
        Near.Same(byChance, again);
        Near.Same(nearest, nearestAgain);
    });

    [Theory]
    [InlineData(0.26f)]
    [InlineData(-0.4f)]
    [InlineData(0.4999f)]
    public void The_mean_is_the_value(float value) => Gen.ULong.Sample(seed =>
    {
        const int Count = 100_000;
        var values = new float[Count];
        Array.Fill(values, value);
        VectorKernels.RoundByChance(KeyOf(seed), 0, values, 0.25f, -2f, 1.75f);
        var below = Math.Floor(value / 0.25) * 0.25;
        var chance = (value - below) / 0.25;
        var deviation = 0.25 * Math.Sqrt(chance * (1 - chance) / Count);
        Assert.Equal(value, values.Average(one => (double)one), (5.5 * deviation) + 1e-6);
    }, iter: 20);

    [Fact]
    public void What_is_no_number_stays_so_and_what_is_infinite_is_the_greatest()
    {
        foreach (var length in (int[])[3, 40])
        {
            var (byChance, nearest) = (new float[length], new float[length]);
            (byChance[0], byChance[1], byChance[2]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
            byChance.CopyTo(nearest, 0);
            VectorKernels.RoundByChance(KeyOf(1), 0, byChance, 0.5f, -1f, 0.5f);
            VectorKernels.RoundToNearest(nearest, 0.5f, -1f, 0.5f);
            Assert.Equal([float.NaN, 0.5f, -1f], byChance[..3]);
            Assert.Equal([float.NaN, 0.5f, -1f], nearest[..3]);
        }
    }

    private static (float Step, float Least, float Most) Grid(int exponent, int bits)
    {
        var range = MathF.ScaleB(1, exponent);
        var step = MathF.ScaleB(range, 1 - bits);
        return (step, -range, range - step);
    }

    // Beyond the range, within it, and on it.
    private static float[] Values(ulong seed, int length, float most)
    {
        var values = Draws.Vector(seed, length);
        for (var i = 0; i < length; i++)
            values[i] *= (i % 3) switch { 0 => 3 * most, 1 => most / 2, _ => most / 100 };
        return values;
    }

    private static RandomKey KeyOf(ulong seed) => new(seed, RandomPurpose.WeightRounding, 3);
}
