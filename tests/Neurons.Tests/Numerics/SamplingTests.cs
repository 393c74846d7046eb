using CsCheck;
using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class SamplingTests
{
    private static readonly Gen<(ulong Seed, int Length, ulong Counter, int FirstUnit)> Samples = Gen.Select(
        Gen.ULong,
        Gen.Int[0, 300],
        Gen.OneOf(Gen.ULong, Gen.ULong[uint.MaxValue - 50UL, uint.MaxValue], Gen.ULong[~50UL, ulong.MaxValue]),
        Gen.OneOf(Gen.Int[0, 20], Gen.Int[int.MaxValue - 320, int.MaxValue]));

    [Fact]
    public void A_unit_fires_if_its_uniform_number_is_below_its_probability() => Samples.Sample(c =>
    {
        var probability = Draws.Vector(c.Seed, c.Length);
        var key = KeyOf(c.Seed);
        var expected = new float[c.Length];
        for (var i = 0; i < c.Length; i++)
        {
            var unit = (long)c.FirstUnit + i;
            var (word0, word1, word2, word3) = key.Draw(unchecked(c.Counter + ((ulong)unit / 4)));
            var word = new[] { word0, word1, word2, word3 }[unit % 4];
            expected[i] = ((word >> 9) + 0.5) / (1 << 23) < probability[i] ? 1f : 0f;
        }

        var sample = new float[c.Length];
        VectorKernels.Bernoulli(key, c.Counter, c.FirstUnit, probability, sample);
        Near.Same(expected, sample);
        VectorKernels.Bernoulli(key, c.Counter, c.FirstUnit, probability, probability);
        Near.Same(expected, probability);
    });

    [Fact]
    public void What_a_unit_draws_does_not_depend_on_the_cut() =>
        Gen.Select(Cases.Vectors, Gen.Int[1, 60]).Sample((c, piece) =>
        {
            var probability = Draws.Vector(c.Seed, c.Length);
            var (whole, pieces) = (new float[c.Length], new float[c.Length]);
            var key = KeyOf(c.Seed);
            VectorKernels.Bernoulli(key, c.Seed, 0, probability, whole);
            for (var from = 0; from < c.Length; from += piece)
            {
                var to = int.Min(from + piece, c.Length);
                VectorKernels.Bernoulli(key, c.Seed, from, probability.AsSpan(from..to), pieces.AsSpan(from..to));
            }

            Near.Same(whole, pieces);
        });

    [Theory]
    [InlineData(0.01f)]
    [InlineData(0.5f)]
    [InlineData(0.93f)]
    public void The_mean_is_the_probability(float p) => Gen.ULong.Sample(seed =>
    {
        const int Units = 100_000;
        var (probability, sample) = (new float[Units], new float[Units]);
        probability.AsSpan().Fill(p);
        VectorKernels.Bernoulli(KeyOf(seed), 0, 0, probability, sample);
        var deviation = sample.Sum(x => (double)x) - (Units * (double)p);
        return Math.Abs(deviation) < 5 * Math.Sqrt(Units * p * (1.0 - p));
    }, iter: 30);

    [Fact]
    public void Certain_units_always_fire_and_impossible_ones_never()
    {
        const int Units = 1_000_003;
        var (probability, sample) = (new float[Units], new float[Units]);
        foreach (var (p, expected) in new[] { (1f, 1), (7f, 1), (0f, 0), (-0f, 0), (-1f, 0), (float.NaN, 0) })
        {
            probability.AsSpan().Fill(p);
            VectorKernels.Bernoulli(KeyOf(3), 0, 1, probability, sample);
            Assert.DoesNotContain(1f - expected, sample);
        }
    }

    [Fact]
    public void Spans_that_are_too_short_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => VectorKernels.Bernoulli(KeyOf(1), 0, 0, new float[9], new float[8]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => VectorKernels.Bernoulli(KeyOf(1), 0, -1, new float[8], new float[8]));
    }

    private static RandomKey KeyOf(ulong seed) => new(seed, RandomPurpose.DataSet, seed >> 12);
}
