using CsCheck;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class ReductionTests
{
    [Fact]
    public void A_scalar_product_is_the_sum_of_products() => Cases.Vectors.Sample(c =>
    {
        var (a, b) = (Draws.Vector(c.Seed, c.Length), Draws.Vector(~c.Seed, c.Length));
        var (sum, size, squares) = (0.0, 0.0, 0.0);
        for (var i = 0; i < c.Length; i++)
        {
            var term = (double)a[i] * b[i];
            (sum, size, squares) = (sum + term, size + Math.Abs(term), squares + ((double)a[i] * a[i]));
        }

        Near.Sum(sum, size, c.Length, VectorKernels.Dot(a, b));
        Near.Sum(squares, squares, c.Length, VectorKernels.SumOfSquares(a));
    });

    [Fact]
    public void Zeros_behind_the_end_change_no_bit_of_a_scalar_product() => Cases.Vectors.Sample(c =>
    {
        var (a, b) = (Draws.Vector(c.Seed, c.Length), Draws.Vector(~c.Seed, c.Length));
        float[] longer = [.. a, .. new float[c.Seed % 70]];
        float[] other = [.. b, .. new float[c.Seed % 70]];
        Near.Same([VectorKernels.Dot(a, b)], [VectorKernels.Dot(longer, other)]);
    });

    [Fact]
    public void A_squared_distance_is_the_sum_of_squares_of_the_differences() => Cases.Vectors.Sample(c =>
    {
        var (a, b) = (Draws.Vector(c.Seed, c.Length), Draws.Vector(~c.Seed, c.Length));
        var differences = a.Zip(b, (x, y) => x - y).ToArray();
        Near.Same([PlainLoops.SumOfSquares(differences)], [VectorKernels.SquaredDistance(a, b)]);
    });

    [Fact]
    public void A_matrix_has_the_sum_of_squares_of_its_storage() => Cases.Matrices.Sample(c =>
    {
        var w = Draws.Matrix(c.Seed, c.Rows, c.Columns);
        Near.Same([PlainLoops.SumOfSquares(w.Storage)], [MatrixKernels.SumOfSquares(w)]);
    }, iter: 30);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void One_value_that_is_not_finite_is_found_anywhere(float value)
    {
        for (var length = 1; length < 40; length++)
        {
            var values = new float[length];
            values.AsSpan().Fill(-float.MaxValue);
            Assert.True(VectorKernels.AllFinite(values));
            for (var place = 0; place < length; place++)
            {
                values[place] = value;
                Assert.False(VectorKernels.AllFinite(values));
                values[place] = float.MaxValue;
            }
        }
    }
}
