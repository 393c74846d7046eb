using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nudge.Randomness;

namespace Nudge.Numerics;

/// <content>Samples of units that fire by chance.</content>
public static unsafe partial class VectorKernels
{
    private const float UnitOfUniforms = 1f / 16_777_216f;

    // Eight draws of four words.
    private const int UnitsAtOnce = 32;

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
    [MethodImpl(Hot)]
    public static void Bernoulli(
        RandomKey key, ulong firstCounter, int firstUnit, ReadOnlySpan<float> probability, Span<float> sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstUnit);
        ArgumentOutOfRangeException.ThrowIfLessThan(sample.Length, probability.Length);
        var counter = firstCounter + ((ulong)firstUnit >> 2);
        var word = firstUnit & 3;
        fixed (float* chances = probability, samples = sample)
        {
            if (Avx2.IsSupported)
                SampleByVectors(key, counter, word, chances, samples, probability.Length);
            else
                SampleOneByOne(key, counter, word, chances, samples, probability.Length);
        }
    }

    [MethodImpl(Hot)]
    private static void SampleByVectors(
        RandomKey key, ulong counter, int word, float* chances, float* samples, int count)
    {
        var i = 0;
        if (word > 0)
        {
            i = int.Min(UnitsAtOnce - word, count);
            SamplePart(key, counter, word, chances, samples, i);
            counter += UnitsAtOnce / 4;
        }

        for (; i <= count - UnitsAtOnce; i += UnitsAtOnce, counter += UnitsAtOnce / 4)
            SampleWhole(key, counter, chances + i, samples + i);
        if (i < count)
            SamplePart(key, counter, 0, chances + i, samples + i, count - i);
    }

    // Beside the units asked for, the vectors hold leftovers, whose samples go nowhere.
    [SkipLocalsInit]
    [MethodImpl(Hot)]
    private static void SamplePart(
        RandomKey key, ulong counter, int word, float* chances, float* samples, int count)
    {
        var whole = stackalloc float[UnitsAtOnce];
        new Span<float>(chances, count).CopyTo(new Span<float>(whole + word, count));
        SampleWhole(key, counter, whole, whole);
        new Span<float>(whole + word, count).CopyTo(new Span<float>(samples, count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SampleWhole(RandomKey key, ulong counter, float* chances, float* samples)
    {
        var (first, second, third, fourth) = key.DrawEight(counter);
        Vector256.Store(Fire(first, Vector256.Load(chances)), samples);
        Vector256.Store(Fire(second, Vector256.Load(chances + 8)), samples + 8);
        Vector256.Store(Fire(third, Vector256.Load(chances + 16)), samples + 16);
        Vector256.Store(Fire(fourth, Vector256.Load(chances + 24)), samples + 24);
    }

    [MethodImpl(Hot)]
    private static void SampleOneByOne(
        RandomKey key, ulong counter, int word, float* chances, float* samples, int count)
    {
        var block = key.Draw(counter);
        for (var i = 0; i < count; i++)
        {
            var uniform = (int)((block.Word(word) >> 8) | 1) * UnitOfUniforms;
            samples[i] = uniform < chances[i] ? 1f : 0f;
            word = (word + 1) & 3;
            if (word == 0)
                block = key.Draw(++counter);
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
