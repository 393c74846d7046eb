using CsCheck;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class RectifyTests
{
    [Fact]
    public void Activity_is_the_positive_part_of_the_drive_and_goodness_its_sum_of_squares() =>
        Gen.Select(Cases.Vectors, Gen.Single[-3f, 3f]).Sample((c, scale) =>
        {
            var (current, bias) = (Draws.Vector(c.Seed, c.Length), Draws.Vector(~c.Seed, c.Length));
            var expected = new float[c.Length];
            for (var i = 0; i < c.Length; i++)
            {
                var drive = float.FusedMultiplyAdd(current[i], scale, bias[i]);
                expected[i] = drive > 0f ? drive : 0f;
            }

            var activity = new float[c.Length];
            var goodness = VectorKernels.RectifyScaled(current, scale, bias, activity);
            Near.Same(expected, activity);
            Near.Same([PlainLoops.SumOfSquares(expected)], [goodness]);
            Near.Same([VectorKernels.SumOfSquares(activity)], [goodness]);
        });

    [Fact]
    public void Zero_becomes_positive_and_what_is_not_a_number_stays()
    {
        for (var length = 1; length < 40; length++)
        {
            var (current, activity) = (new float[length], new float[length]);
            current[^1] = -0f;
            Assert.Equal(0f, VectorKernels.RectifyScaled(current, 1f, current, activity));
            Assert.False(float.IsNegative(activity[^1]));
            current[^1] = float.NaN;
            Assert.True(float.IsNaN(VectorKernels.RectifyScaled(current, 1f, new float[length], activity)));
            Assert.True(float.IsNaN(activity[^1]));
        }
    }

    [Fact]
    public void An_infinite_scale_does_not_reach_beyond_the_end() =>
        Assert.Equal(
            float.PositiveInfinity,
            VectorKernels.RectifyScaled([1f], float.PositiveInfinity, [0f], new float[1]));
}
