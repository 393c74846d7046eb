using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

public static unsafe partial class VectorKernels
{
    /// <summary>
    /// Two low-pass traces of <c>a·factor</c>, a fast and a slow one, and the time integral of their difference wherever it
    /// exceeds a threshold: <c>f += p·(a·factor − f)</c>, <c>s += q·(a·factor − s)</c>, <c>sum += time·(f − s)</c> where
    /// <c>|f − s| &gt; threshold</c>.
    /// </summary>
    /// <param name="a">Values, a multiple of eight of them.</param>
    /// <param name="factor">What they are multiplied by.</param>
    /// <param name="memory">Shares of the way that the traces go, threshold and time.</param>
    /// <param name="fast">As many fast traces; changed.</param>
    /// <param name="slow">As many slow traces; changed.</param>
    /// <param name="sum">As many integrals; changed.</param>
    [MethodImpl(Hot)]
    internal static void FollowDifference(
        ReadOnlySpan<float> a, float factor, in MemoryStep memory, Span<float> fast, Span<float> slow, Span<float> sum)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length % 8, 0, nameof(a));
        ArgumentOutOfRangeException.ThrowIfLessThan(fast.Length, a.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(slow.Length, a.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(sum.Length, a.Length);
        var factors = Vector256.Create(factor);
        var fastShare = Vector256.Create(memory.FastShare);
        var slowShare = Vector256.Create(memory.SlowShare);
        var threshold = Vector256.Create(memory.Threshold);
        var time = Vector256.Create(memory.Time);
        fixed (float* source = a, quick = fast, late = slow, total = sum)
        {
            for (var i = 0; i < a.Length; i += 8)
            {
                var value = Vector256.Load(source + i) * factors;
                var f = Vector256.Load(quick + i);
                f = Vector256.FusedMultiplyAdd(fastShare, value - f, f);
                var s = Vector256.Load(late + i);
                s = Vector256.FusedMultiplyAdd(slowShare, value - s, s);
                var difference = f - s;
                var passed = difference & Vector256.GreaterThan(Vector256.Abs(difference), threshold);
                Vector256.Store(f, quick + i);
                Vector256.Store(s, late + i);
                Vector256.Store(Vector256.FusedMultiplyAdd(passed, time, Vector256.Load(total + i)), total + i);
            }
        }
    }
}

/// <summary>One step of a memory of two exponentials.</summary>
/// <param name="FastShare">Share of the way to its value that the fast trace goes.</param>
/// <param name="SlowShare">Share of the way that the slow trace goes.</param>
/// <param name="Threshold">Differences of at most this much do not count.</param>
/// <param name="Time">Time that the step takes.</param>
internal readonly record struct MemoryStep(float FastShare, float SlowShare, float Threshold, float Time);
