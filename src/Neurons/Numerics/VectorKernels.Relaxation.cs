using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

public static unsafe partial class VectorKernels
{
    /// <summary>
    /// One Euler step of leaky units whose states are kept in [0, 1]: <c>s = clip(s + dt·(drive − s), 0, 1)</c>.
    /// </summary>
    /// <remarks>The difference is rounded, the rest fused; −0 becomes +0, and NaN stays NaN.</remarks>
    /// <param name="state">States.</param>
    /// <param name="drive">At least as many drives.</param>
    /// <param name="dt">Length of the step, in τ.</param>
    public static void HardSigmoidStep(Span<float> state, ReadOnlySpan<float> drive, float dt) =>
        HardSigmoidStepDetect(state, drive, dt);

    /// <summary>Does as <see cref="HardSigmoidStep"/>, and notices when the units have come to rest.</summary>
    /// <param name="state">States.</param>
    /// <param name="drive">At least as many drives.</param>
    /// <param name="dt">Length of the step, in τ.</param>
    /// <returns>Whether any bit of any state changed.</returns>
    [MethodImpl(Hot)]
    public static bool HardSigmoidStepDetect(Span<float> state, ReadOnlySpan<float> drive, float dt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(drive.Length, state.Length);
        fixed (float* states = state, drives = drive)
        {
            var steps = Vector256.Create(dt);
            var one = Vector256.Create(1f);
            var changes = Vector256<int>.Zero;
            var i = 0;
            for (; i <= state.Length - 8; i += 8)
            {
                var old = Vector256.Load(states + i);
                var s = Vector256.FusedMultiplyAdd(steps, Vector256.Load(drives + i) - old, old);
                s = Vector256.ConditionalSelect(Vector256.GreaterThan(s, one), one, s);
                s = Vector256.ConditionalSelect(
                    Vector256.LessThanOrEqual(s, Vector256<float>.Zero), Vector256<float>.Zero, s);
                changes |= s.AsInt32() ^ old.AsInt32();
                Vector256.Store(s, states + i);
            }

            var tailChanges = 0;
            for (; i < state.Length; i++)
            {
                var old = states[i];
                var s = float.FusedMultiplyAdd(dt, drives[i] - old, old);
                s = s > 1f ? 1f : s <= 0f ? 0f : s;
                tailChanges |= BitConverter.SingleToInt32Bits(s) ^ BitConverter.SingleToInt32Bits(old);
                states[i] = s;
            }

            return tailChanges != 0 || changes != Vector256<int>.Zero;
        }
    }
}
