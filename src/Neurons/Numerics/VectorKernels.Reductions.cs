using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

public static unsafe partial class VectorKernels
{
    private const int Partials = 32;

    /// <summary>The scalar product <c>Σ a[i]·b[i]</c>.</summary>
    /// <remarks>
    /// Order of summation: 32 partial sums over i mod 32, each in ascending order and fused; then with p_q the eight
    /// partial sums from 8q on, <c>(p₀ + p₁) + (p₂ + p₃)</c> element by element, and the eight of that as
    /// <c>((0 + 2) + (1 + 3)) + ((4 + 6) + (5 + 7))</c>. Zeros behind the last element change no bit.
    /// </remarks>
    /// <param name="a">Values.</param>
    /// <param name="b">As many values.</param>
    [MethodImpl(Hot)]
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        fixed (float* left = a, right = b)
        {
            Vector256<float> p0 = default, p1 = default, p2 = default, p3 = default;
            var i = 0;
            for (; i <= a.Length - Partials; i += Partials)
            {
                p0 = Vector256.FusedMultiplyAdd(Vector256.Load(left + i), Vector256.Load(right + i), p0);
                p1 = Vector256.FusedMultiplyAdd(Vector256.Load(left + i + 8), Vector256.Load(right + i + 8), p1);
                p2 = Vector256.FusedMultiplyAdd(Vector256.Load(left + i + 16), Vector256.Load(right + i + 16), p2);
                p3 = Vector256.FusedMultiplyAdd(Vector256.Load(left + i + 24), Vector256.Load(right + i + 24), p3);
            }

            if (i < a.Length)
            {
                var rest = stackalloc float[2 * Partials];
                var other = rest + Partials;
                new Span<float>(rest, 2 * Partials).Clear();
                a[i..].CopyTo(new Span<float>(rest, Partials));
                b[i..].CopyTo(new Span<float>(other, Partials));
                p0 = Vector256.FusedMultiplyAdd(Vector256.Load(rest), Vector256.Load(other), p0);
                p1 = Vector256.FusedMultiplyAdd(Vector256.Load(rest + 8), Vector256.Load(other + 8), p1);
                p2 = Vector256.FusedMultiplyAdd(Vector256.Load(rest + 16), Vector256.Load(other + 16), p2);
                p3 = Vector256.FusedMultiplyAdd(Vector256.Load(rest + 24), Vector256.Load(other + 24), p3);
            }

            return LaneSums.Of((p0 + p1) + (p2 + p3));
        }
    }

    /// <summary>The sum of squares <c>Σ a[i]²</c>, in the order of <see cref="Dot"/>.</summary>
    /// <param name="a">Values.</param>
    public static float SumOfSquares(ReadOnlySpan<float> a) => Dot(a, a);

    /// <summary>Whether there is neither an infinity nor a NaN among the values.</summary>
    /// <param name="values">Values.</param>
    [MethodImpl(Hot)]
    public static bool AllFinite(ReadOnlySpan<float> values)
    {
        // The largest exponent marks both: added to it, one more carries into the sign.
        const int SizeBits = 0x7FFF_FFFF;
        const int Carry = 0x0080_0000;
        fixed (float* source = values)
        {
            var marks = Vector256<int>.Zero;
            var i = 0;
            for (; i <= values.Length - 8; i += 8)
            {
                var size = Vector256.Load((int*)(source + i)) & Vector256.Create(SizeBits);
                marks |= size + Vector256.Create(Carry);
            }

            var tailMarks = 0;
            for (; i < values.Length; i++)
            {
                tailMarks |= unchecked((BitConverter.SingleToInt32Bits(source[i]) & SizeBits) + Carry);
            }

            return tailMarks >= 0 && !Vector256.LessThanAny(marks, Vector256<int>.Zero);
        }
    }
}
