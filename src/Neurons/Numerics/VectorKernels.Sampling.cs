using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nudge.Randomness;

namespace Nudge.Numerics;

/// <content>Samples of units that fire by chance.</content>
public static unsafe partial class VectorKernels
{
    private const float UnitOfUniforms = 1f / 16_777_216f;

    /// <summary>sample[i] ← 1 with probability[i], else 0; a probability that is not a number gives 0.</summary>
    /// <remarks>
    /// Unit n = <paramref name="firstUnit"/> + i compares its probability with
    /// <c>((word ≫ 9) + ½)·2⁻²³</c>, word n mod 4 of draw <paramref name="firstCounter"/> + ⌊n/4⌋: so what it draws
    /// does not depend on how the population is cut. Of one bit more, the half would be rounded away. The number lies
    /// within (0, 1): a probability of 1 always gives 1, and 0 always 0.
    /// </remarks>
    /// <param name="key">Names the draws.</param>
    /// <param name="firstCounter">The draw of units 0 to 3 of the population.</param>
    /// <param name="firstUnit">Which unit of the population is the first here, at least 0.</param>
    /// <param name="probability">Probabilities.</param>
    /// <param name="sample">At least as many places; may be the probabilities' own.</param>
    public static void Bernoulli(
        RandomKey key, ulong firstCounter, int firstUnit, ReadOnlySpan<float> probability, Span<float> sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstUnit);
        ArgumentOutOfRangeException.ThrowIfLessThan(sample.Length, probability.Length);
        fixed (float* chances = probability, samples = sample)
        {
            var done = 0;
            if (Avx2.IsSupported)
            {
                // Vectors begin with the first unit that is the first of its draw.
                var head = int.Min(-firstUnit & 3, probability.Length);
                SampleOneByOne(key, firstCounter, firstUnit, chances, samples, 0, head);
                done = SampleSixteens(key, firstCounter, firstUnit, chances, samples, head, probability.Length);
            }

            SampleOneByOne(key, firstCounter, firstUnit, chances, samples, done, probability.Length);
        }
    }

    [MethodImpl(Hot)]
    private static int SampleSixteens(
        RandomKey key, ulong firstCounter, int firstUnit, float* chances, float* samples, int from, int to)
    {
        var counter = firstCounter + (((ulong)firstUnit + (ulong)from) >> 2);
        var i = from;
        for (; i <= to - 16; i += 16, counter += 4)
        {
            var (first, second) = key.DrawFour(counter);
            Vector256.Store(Fire(first, Vector256.Load(chances + i)), samples + i);
            Vector256.Store(Fire(second, Vector256.Load(chances + i + 8)), samples + i + 8);
        }

        return i;
    }

    [MethodImpl(Hot)]
    private static void SampleOneByOne(
        RandomKey key, ulong firstCounter, int firstUnit, float* chances, float* samples, int from, int to)
    {
        RandomBlock block = default;
        for (var i = from; i < to; i++)
        {
            var unit = (ulong)firstUnit + (ulong)i;
            var word = (int)(unit & 3);
            if (word == 0 || i == from)
                block = key.Draw(firstCounter + (unit >> 2));
            var uniform = (int)((block.Word(word) >> 8) | 1) * UnitOfUniforms;
            samples[i] = uniform < chances[i] ? 1f : 0f;
        }
    }

    // The last of 24 bits, when set, is the half of the 23 before it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Fire(Vector256<uint> words, Vector256<float> chances)
    {
        var odd = (words >>> 8) | Vector256.Create(1u);
        var uniforms = Vector256.ConvertToSingle(odd.AsInt32()) * Vector256.Create(UnitOfUniforms);
        return Vector256.LessThan(uniforms, chances) & Vector256.Create(1f);
    }
}
