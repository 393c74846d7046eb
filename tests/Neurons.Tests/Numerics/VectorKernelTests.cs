using CsCheck;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class VectorKernelTests
{
    [Fact]
    public void Additions_and_scalings_are_rounded_once() => Cases.Vectors.Sample(c =>
    {
        var a = Draws.Vector(c.Seed, c.Length);
        var start = Draws.Vector(~c.Seed, c.Length);
        var (sum, scaledSum, scaled) = ((float[])start.Clone(), (float[])start.Clone(), (float[])start.Clone());
        VectorKernels.Add(a, sum);
        VectorKernels.AddScaled(a, 0.3f, scaledSum);
        VectorKernels.Scale(scaled, 0.3f);
        for (var i = 0; i < c.Length; i++)
        {
            Assert.Equal(start[i] + a[i], sum[i]);
            Assert.Equal((float)(start[i] + ((double)0.3f * a[i])), scaledSum[i]);
            Assert.Equal(0.3f * start[i], scaled[i]);
        }
    });

    [Fact]
    public void States_step_towards_the_drive_and_stay_within_bounds() => Cases.Vectors.Sample(c =>
    {
        var (state, drive) = (Draws.Vector(c.Seed, c.Length), Draws.Vector(~c.Seed, c.Length));
        VectorKernels.Scale(drive, 8f);
        var old = (float[])state.Clone();
        VectorKernels.HardSigmoidStep(state, drive, 0.25f);
        for (var i = 0; i < c.Length; i++)
        {
            var expected = Math.Clamp(old[i] + (0.25 * (drive[i] - old[i])), 0.0, 1.0);
            Assert.Equal(expected, state[i], 1e-6);
            Assert.InRange(state[i], 0f, 1f);
        }
    });

    [Fact]
    public void A_state_steps_alike_wherever_it_lies() => Cases.Vectors.Sample(c =>
    {
        var (state, drive) = (Draws.Vector(c.Seed, c.Length), Draws.Vector(~c.Seed, c.Length));
        var singly = (float[])state.Clone();
        VectorKernels.HardSigmoidStep(state, drive, 0.3f);
        for (var i = 0; i < c.Length; i++)
        {
            VectorKernels.HardSigmoidStep(singly.AsSpan(i, 1), drive.AsSpan(i, 1), 0.3f);
        }

        Near.Same(singly, state);
    });

    [Fact]
    public void Units_at_rest_are_noticed_at_any_length()
    {
        for (var length = 1; length < 70; length++)
        {
            var state = new float[length];
            var drive = new float[length];
            drive.AsSpan().Fill(-3f);
            Assert.False(VectorKernels.HardSigmoidStepDetect(state, drive, 0.25f));
            drive[^1] = 1f;
            Assert.True(VectorKernels.HardSigmoidStepDetect(state, drive, 0.25f));
            Assert.Equal(0.25f, state[^1]);
        }
    }

    [Fact]
    public void Steps_turn_negative_zero_positive_and_keep_what_is_not_a_number()
    {
        for (var length = 1; length < 20; length++)
        {
            var state = new float[length];
            var drive = new float[length];
            drive[^1] = -0f;
            state[^1] = -0f;
            VectorKernels.HardSigmoidStep(state, drive, 0.5f);
            Assert.False(float.IsNegative(state[^1]));
            drive[^1] = float.NaN;
            VectorKernels.HardSigmoidStep(state, drive, 0.5f);
            Assert.True(float.IsNaN(state[^1]));
        }
    }
}
