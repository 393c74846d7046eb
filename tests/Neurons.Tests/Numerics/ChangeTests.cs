using CsCheck;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class ChangeTests
{
    [Fact]
    public void Changes_are_listed_in_ascending_order_with_their_differences() =>
        Gen.Select(Cases.Vectors, Gen.Int[1, 12]).Sample((c, oneIn) =>
        {
            var old = Draws.Vector(c.Seed, c.Length);
            var fresh = Draws.Vector(~c.Seed, c.Length);
            for (var i = 0; i < c.Length; i++)
            {
                fresh[i] = (i ^ (int)c.Seed) % oneIn == 0 ? fresh[i] : old[i];
            }

            var expected = Enumerable.Range(0, c.Length).Where(i => fresh[i] != old[i]).ToArray();
            var (copy, indices, differences) = ((float[])old.Clone(), new int[c.Length], new float[c.Length]);
            var count = VectorKernels.CopyChanged(fresh, copy, indices, differences);
            Near.Same(fresh, copy);
            Assert.Equal(expected, indices[..count]);
            Near.Same(expected.Select(i => fresh[i] - old[i]).ToArray(), differences.AsSpan(0, count));

            copy = (float[])old.Clone();
            Assert.Equal(count > 0, VectorKernels.CopyDetect(fresh, copy));
            Near.Same(fresh, copy);
        });

    [Fact]
    public void Values_that_are_not_zero_are_listed_in_ascending_order() => Cases.Vectors.Sample(c =>
    {
        var x = Draws.Sparse(c.Seed, c.Length);
        var expected = Enumerable.Range(0, c.Length).Where(i => x[i] != 0f).ToArray();
        var (indices, values) = (new int[c.Length], new float[c.Length]);
        var count = VectorKernels.ListNonZero(x, indices, values);
        Assert.Equal(expected, indices[..count]);
        Near.Same(expected.Select(i => x[i]).ToArray(), values.AsSpan(0, count));
    });

    [Fact]
    public void A_value_that_stays_without_being_a_number_is_no_change()
    {
        for (var length = 1; length < 20; length++)
        {
            var (old, fresh) = (new float[length], new float[length]);
            old.AsSpan().Fill(float.NaN);
            fresh.AsSpan().Fill(float.NaN);
            Assert.Equal(0, VectorKernels.CopyChanged(fresh, old, new int[length], new float[length]));
            Assert.False(VectorKernels.CopyDetect(fresh, old));
        }
    }

    [Fact]
    public void The_sign_of_zero_is_a_change_but_not_a_value()
    {
        for (var length = 1; length < 20; length++)
        {
            var (old, fresh) = (new float[length], new float[length]);
            fresh[^1] = -0f;
            var (indices, values) = (new int[length], new float[length]);
            Assert.Equal(0, VectorKernels.ListNonZero(fresh, indices, values));
            Assert.Equal(1, VectorKernels.CopyChanged(fresh, old, indices, values));
            Assert.Equal(length - 1, indices[0]);
            Assert.True(float.IsNegative(old[^1]));
        }
    }
}
