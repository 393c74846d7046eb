using CsCheck;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class TransposedProductTests
{
    [Fact]
    public void A_transposed_product_is_the_sum_over_rows()
    {
        Cases.Matrices.Sample(CheckTransposed, iter: 100);
        Cases.TallMatrices.Sample(CheckTransposed, iter: 50);
    }

    [Fact]
    public void A_column_of_the_transposed_product_keeps_its_bits_beside_others() => Cases.TallMatrices.Sample(c =>
    {
        var w = Draws.Matrix(c.Seed, c.Rows, c.Columns);
        var u = Draws.Vector(~c.Seed, c.Lanes * w.PaddedRows);
        var all = Transposed(w, u, c.Lanes);
        var column = new PanelMatrix(c.Rows, 1);
        for (var row = 0; row < c.Rows; row++)
        {
            column[row, 0] = w[row, c.Columns / 2];
        }

        var one = Transposed(column, u, 1);
        Near.Same(one, all.AsSpan(c.Columns / 2, 1));
    }, iter: 50);

    [Fact]
    public void Nothing_behind_the_results_is_written()
    {
        var w = Draws.Matrix(1, 20, 7);
        var v = new float[(3 * 7) + 8];
        v.AsSpan().Fill(9f);
        MatrixKernels.MultiplyTransposed(w, Draws.Vector(2, 3 * 32), v, lanes: 3);
        Assert.All(v[^8..], value => Assert.Equal(9f, value));
    }

    [Fact]
    public void Spans_that_are_too_short_are_refused()
    {
        var w = new PanelMatrix(20, 7);
        var (u, v) = (new float[64], new float[14]);
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixKernels.MultiplyTransposed(w, u.AsSpan(1), v, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixKernels.MultiplyTransposed(w, u, v.AsSpan(1), 2));
    }

    private static void CheckTransposed(MatrixCase c)
    {
        var w = Draws.Matrix(c.Seed, c.Rows, c.Columns);
        var u = Draws.Vector(~c.Seed, c.Lanes * w.PaddedRows);
        var v = Transposed(w, u, c.Lanes);
        for (var lane = 0; lane < c.Lanes; lane++)
        {
            for (var column = 0; column < c.Columns; column++)
            {
                var (sum, size) = (0.0, 0.0);
                for (var row = 0; row < c.Rows; row++)
                {
                    var term = (double)w[row, column] * u[(lane * w.PaddedRows) + row];
                    (sum, size) = (sum + term, size + Math.Abs(term));
                }

                Near.Sum(sum, size, c.Rows, v[(lane * c.Columns) + column]);
            }
        }
    }

    private static float[] Transposed(PanelMatrix w, float[] u, int lanes)
    {
        var v = new float[lanes * w.Columns];
        v.AsSpan().Fill(9f);
        MatrixKernels.MultiplyTransposed(w, u, v, lanes);
        return v;
    }
}
