using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nudge.Randomness;

namespace Nudge.Numerics;

/// <content>Rounding to numbers of few bits.</content>
public static unsafe partial class VectorKernels
{
    /// <summary>
    /// value[i] ← the multiple of <paramref name="step"/> below it, or the one above with the probability of its distance from
    /// the one below, then within [<paramref name="least"/>, <paramref name="most"/>]: the mean is the value itself (Gupta et al.
    /// 2015, eq. 1). What is a multiple stays as it is, bit for bit; what is not a number stays so.
    /// </summary>
    /// <remarks>
    /// Value i compares with <c>((word ≫ 9) + ½)·2⁻²³</c>, word i mod 4 of draw <paramref name="firstCounter"/> + ⌊i/4⌋, as
    /// <see cref="Bernoulli"/> does.
    /// </remarks>
    /// <param name="key">Names the draws.</param>
    /// <param name="firstCounter">The draw of the first four values.</param>
    /// <param name="values">Values, changed in place.</param>
    /// <param name="step">A power of two, so that no division or product is inexact.</param>
    /// <param name="least">The least value, a multiple of the step.</param>
    /// <param name="most">The greatest value, a multiple of the step.</param>
    [MethodImpl(Hot)]
    public static void RoundByChance(RandomKey key, ulong firstCounter, Span<float> values, float step, float least, float most)
    {
        float steps = 1 / step;
        int i = 0;
        fixed (float* first = values)
        {
            if (Avx2.IsSupported)
            {
                for (; i <= values.Length - UnitsAtOnce; i += UnitsAtOnce)
                {
                    var (a, b, c, d) = key.DrawEight(firstCounter + ((ulong)i >> 2));
                    RoundEight(first + i, a, steps, step, least, most);
                    RoundEight(first + i + 8, b, steps, step, least, most);
                    RoundEight(first + i + 16, c, steps, step, least, most);
                    RoundEight(first + i + 24, d, steps, step, least, most);
                }
            }

            RandomBlock block = default;
            for (; i < values.Length; i++)
            {
                if ((i & 3) == 0)
                    block = key.Draw(firstCounter + ((ulong)i >> 2));
                float scaled = first[i] * steps;
                float below = MathF.Floor(scaled);
                float uniform = (int)((block.Word(i & 3) >> 8) | 1) * UnitOfUniforms;
                first[i] = Within((uniform < scaled - below ? below + 1 : below) * step, least, most);
            }
        }
    }

    /// <summary>
    /// value[i] ← the nearest multiple of <paramref name="step"/>, of two equally near ones the upper, then within
    /// [<paramref name="least"/>, <paramref name="most"/>]. What is not a number stays so.
    /// </summary>
    /// <param name="values">Values, changed in place.</param>
    /// <param name="step">A power of two.</param>
    /// <param name="least">The least value, a multiple of the step.</param>
    /// <param name="most">The greatest value, a multiple of the step.</param>
    public static void RoundToNearest(Span<float> values, float step, float least, float most)
    {
        float steps = 1 / step;
        for (int i = 0; i < values.Length; i++)
        {
            float scaled = values[i] * steps;
            float below = MathF.Floor(scaled);
            values[i] = Within((scaled - below >= 0.5f ? below + 1 : below) * step, least, most);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RoundEight(float* values, Vector256<uint> words, float steps, float step, float least, float most)
    {
        var scaled = Vector256.Load(values) * Vector256.Create(steps);
        var below = Vector256.Floor(scaled);
        var odd = (words >>> 8) | Vector256.Create(1u);
        var uniforms = Vector256.ConvertToSingle(odd.AsInt32()) * Vector256.Create(UnitOfUniforms);
        var up = Vector256.LessThan(uniforms, scaled - below) & Vector256.Create(1f);
        var rounded = (below + up) * Vector256.Create(step);
        rounded = Vector256.ConditionalSelect(Vector256.LessThan(rounded, Vector256.Create(least)), Vector256.Create(least), rounded);
        rounded = Vector256.ConditionalSelect(Vector256.GreaterThan(rounded, Vector256.Create(most)), Vector256.Create(most), rounded);
        Vector256.Store(rounded, values);
    }

    // Comparisons with what is not a number are false, so that it stays.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Within(float value, float least, float most) => value < least ? least : value > most ? most : value;
}
