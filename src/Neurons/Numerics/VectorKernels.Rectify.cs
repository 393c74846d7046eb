using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

/// <content>What units of Forward-Forward do in one pass: their activity and its goodness.</content>
public static unsafe partial class VectorKernels
{
    /// <summary>activity ← max(0, scale·current + bias), fused; −0 becomes +0, and NaN stays NaN.</summary>
    /// <param name="current">Afferent currents.</param>
    /// <param name="scale">What they are multiplied by, such as the inverse length of the afferent activity.</param>
    /// <param name="bias">At least as many biases.</param>
    /// <param name="activity">At least as many places.</param>
    /// <returns>The goodness (Hinton 2022): Σ activity², in the order of <see cref="Dot"/>.</returns>
    [MethodImpl(Hot)]
    public static float RectifyScaled(
        ReadOnlySpan<float> current, float scale, ReadOnlySpan<float> bias, Span<float> activity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bias.Length, current.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(activity.Length, current.Length);
        fixed (float* currents = current, biases = bias, activities = activity)
        {
            var scales = Vector256.Create(scale);
            Vector256<float> p0 = default, p1 = default, p2 = default, p3 = default;
            var i = 0;
            for (; i <= current.Length - Partials; i += Partials)
            {
                p0 = AddSquare(Rectify(currents + i, scales, biases + i, activities + i), p0);
                p1 = AddSquare(Rectify(currents + i + 8, scales, biases + i + 8, activities + i + 8), p1);
                p2 = AddSquare(Rectify(currents + i + 16, scales, biases + i + 16, activities + i + 16), p2);
                p3 = AddSquare(Rectify(currents + i + 24, scales, biases + i + 24, activities + i + 24), p3);
            }

            if (i < current.Length)
            {
                var rest = stackalloc float[Partials];
                new Span<float>(rest, Partials).Clear();
                for (var k = 0; i < current.Length; i++, k++)
                {
                    var drive = float.FusedMultiplyAdd(currents[i], scale, biases[i]);
                    activities[i] = rest[k] = drive <= 0f ? 0f : drive;
                }

                p0 = AddSquare(Vector256.Load(rest), p0);
                p1 = AddSquare(Vector256.Load(rest + 8), p1);
                p2 = AddSquare(Vector256.Load(rest + 16), p2);
                p3 = AddSquare(Vector256.Load(rest + 24), p3);
            }

            return LaneSums.Of((p0 + p1) + (p2 + p3));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Rectify(float* current, Vector256<float> scale, float* bias, float* activity)
    {
        var drive = Vector256.FusedMultiplyAdd(Vector256.Load(current), scale, Vector256.Load(bias));
        var silent = Vector256.LessThanOrEqual(drive, Vector256<float>.Zero);
        var active = Vector256.ConditionalSelect(silent, Vector256<float>.Zero, drive);
        Vector256.Store(active, activity);
        return active;
    }
}
