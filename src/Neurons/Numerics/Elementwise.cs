using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

/// <summary>Runs an operation over spans of any length.</summary>
internal static unsafe class Elementwise
{
    /// <summary>Applies an operation to every element.</summary>
    /// <typeparam name="TOperation">The operation.</typeparam>
    /// <param name="x">Arguments.</param>
    /// <param name="result">At least as many results.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<TOperation>(ReadOnlySpan<float> x, Span<float> result)
        where TOperation : struct, IVectorOperation
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(result.Length, x.Length);
        fixed (float* source = x, target = result)
        {
            var i = 0;
            for (; i <= x.Length - 8; i += 8)
            {
                Vector256.Store(TOperation.Apply(Vector256.Load(source + i)), target + i);
            }

            if (i < x.Length)
            {
                // A full vector with zeros behind the last elements: so they meet the same instructions as the others.
                var left = x.Length - i;
                var rest = stackalloc float[8];
                new Span<float>(rest, 8).Clear();
                x[i..].CopyTo(new Span<float>(rest, left));
                Vector256.Store(TOperation.Apply(Vector256.Load(rest)), rest);
                new Span<float>(rest, left).CopyTo(result[i..]);
            }
        }
    }
}
