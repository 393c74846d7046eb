using CsCheck;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class FloatFunctionTests
{
    private delegate void Kernel(ReadOnlySpan<float> x, Span<float> result);

    [Fact]
    public void Exp_is_within_its_bound() =>
        CheckBound(FloatFunctions.Exp, Math.Exp, -87.3f, 88.72f, bound: 1.2e-7);

    [Fact]
    public void Tanh_is_within_its_bound()
    {
        CheckBound(FloatFunctions.Tanh, Math.Tanh, -12f, 12f, bound: 2e-7);
        CheckBound(FloatFunctions.Tanh, Math.Tanh, -0.7f, 0.7f, bound: 2e-7);
        CheckBound(FloatFunctions.Tanh, Math.Tanh, -1e-5f, 1e-5f, bound: 2e-7);
    }

    [Fact]
    public void Sigmoid_is_within_its_bound()
    {
        CheckBound(FloatFunctions.Sigmoid, x => 1 / (1 + Math.Exp(-x)), -87.3f, 20f, bound: 2e-7);
        CheckBound(FloatFunctions.Sigmoid, x => 1 / (1 + Math.Exp(-x)), -2f, 2f, bound: 2e-7);
    }

    [Fact]
    public void Exp_at_the_ends_of_the_line()
    {
        Assert.Equal(1f, FloatFunctions.Exp(0f));
        Assert.Equal(1f, FloatFunctions.Exp(-0f));
        Assert.Equal(0f, FloatFunctions.Exp(float.NegativeInfinity));
        Assert.Equal(0f, FloatFunctions.Exp(-1000f));
        Assert.Equal(float.PositiveInfinity, FloatFunctions.Exp(float.PositiveInfinity));
        Assert.Equal(float.PositiveInfinity, FloatFunctions.Exp(88.73f));
        Assert.True(float.IsFinite(FloatFunctions.Exp(88.722f)));
        Assert.True(float.IsNaN(FloatFunctions.Exp(float.NaN)));
        Assert.Equal(Math.Exp(-100.0), FloatFunctions.Exp(-100f), 1e-44);
    }

    [Fact]
    public void Tanh_at_the_ends_of_the_line()
    {
        Assert.Equal(1f, FloatFunctions.Tanh(float.PositiveInfinity));
        Assert.Equal(-1f, FloatFunctions.Tanh(float.NegativeInfinity));
        Assert.Equal(1f, FloatFunctions.Tanh(float.MaxValue));
        Assert.Equal(float.Epsilon, FloatFunctions.Tanh(float.Epsilon));
        Assert.Equal(int.MinValue, BitConverter.SingleToInt32Bits(FloatFunctions.Tanh(-0f)));
        Assert.Equal(0, BitConverter.SingleToInt32Bits(FloatFunctions.Tanh(0f)));
        Assert.True(float.IsNaN(FloatFunctions.Tanh(float.NaN)));
    }

    [Fact]
    public void Sigmoid_at_the_ends_of_the_line()
    {
        Assert.Equal(1f, FloatFunctions.Sigmoid(float.PositiveInfinity));
        Assert.Equal(0f, FloatFunctions.Sigmoid(float.NegativeInfinity));
        Assert.Equal(0.5f, FloatFunctions.Sigmoid(0f));
        Assert.Equal(0.5f, FloatFunctions.Sigmoid(-0f));
        Assert.True(float.IsNaN(FloatFunctions.Sigmoid(float.NaN)));
        Assert.Equal(Math.Exp(-90.0), FloatFunctions.Sigmoid(-90f), 1e-44);
    }

    [Fact]
    public void Tanh_is_odd_and_bounded() => Gen.Single.Sample(x =>
    {
        if (!float.IsNaN(x))
        {
            Assert.Equal(FloatFunctions.Tanh(x), -FloatFunctions.Tanh(-x));
            Assert.InRange(FloatFunctions.Tanh(x), -1f, 1f);
            Assert.InRange(FloatFunctions.Sigmoid(x), 0f, 1f);
        }
    });

    [Fact]
    public void A_value_alone_has_the_bits_of_the_same_in_a_vector() => Cases.Vectors.Sample(c =>
    {
        var x = Draws.Vector(c.Seed, c.Length);
        VectorKernels.Scale(x, 10f);
        var result = new float[c.Length];
        FloatFunctions.Exp(x, result);
        Near.Same(x.Select(FloatFunctions.Exp).ToArray(), result);
        FloatFunctions.Tanh(x, result);
        Near.Same(x.Select(FloatFunctions.Tanh).ToArray(), result);
        FloatFunctions.Sigmoid(x, result);
        Near.Same(x.Select(FloatFunctions.Sigmoid).ToArray(), result);
        FloatFunctions.Sigmoid(x, x);
        Near.Same(result, x);
    });

    private static void CheckBound(Kernel function, Func<double, double> exact, float from, float to, double bound)
    {
        const int Points = 200_003;
        var (x, result) = (new float[Points], new float[Points]);
        for (var i = 0; i < Points; i++)
        {
            x[i] = (float)(from + (((double)to - from) * i / (Points - 1)));
        }

        function(x, result);
        for (var i = 0; i < Points; i++)
        {
            var expected = exact(x[i]);
            var error = Math.Abs(result[i] - expected);
            Assert.True(error <= bound * Math.Abs(expected), $"At {x[i]:R}: {result[i]:R} for {expected:R}");
        }
    }
}
