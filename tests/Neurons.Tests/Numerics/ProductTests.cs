using CsCheck;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class ProductTests
{
    [Fact]
    public void A_product_is_the_sum_over_columns() => Cases.Matrices.Sample(CheckProduct, iter: 100);

    [Fact]
    public void A_row_keeps_its_bits_when_the_matrix_is_cut() => Cases.Matrices.Sample(c =>
    {
        var whole = Draws.Matrix(c.Seed, c.Rows, c.Columns);
        var first = (int)(c.Seed % (ulong)c.Rows);
        var part = new PanelMatrix(c.Rows - first, c.Columns);
        part.CopyFromRowMajor(whole.ToRowMajor().AsSpan(first * c.Columns));
        var x = Draws.Vector(~c.Seed, c.Lanes * c.Columns);
        var y = Multiply(whole, x, c.Lanes);
        var z = Multiply(part, x, c.Lanes);
        for (var lane = 0; lane < c.Lanes; lane++)
        {
            Near.Same(
                y.AsSpan((lane * whole.PaddedRows) + first, part.Rows), z.AsSpan(lane * part.PaddedRows, part.Rows));
        }
    }, iter: 100);

    [Fact]
    public void Several_lanes_share_one_order_of_summation() => Cases.Matrices.Sample(c =>
    {
        var w = Draws.Matrix(c.Seed, c.Rows, c.Columns);
        var x = Draws.Vector(~c.Seed, (c.Lanes + 1) * c.Columns);
        var y = Multiply(w, x, c.Lanes + 1);
        var pair = Multiply(w, x, 2);
        Near.Same(pair, y.AsSpan(0, pair.Length));
    }, iter: 100);

    [Fact]
    public void Padding_of_a_product_is_zero() => Cases.Matrices.Sample(c =>
    {
        var w = Draws.Matrix(c.Seed, c.Rows, c.Columns);
        var y = Multiply(w, Draws.Vector(~c.Seed, c.Lanes * c.Columns), c.Lanes);
        for (var lane = 0; lane < c.Lanes; lane++)
        {
            var padding = w.PaddedRows - w.Rows;
            Near.Same(new float[padding], y.AsSpan((lane * w.PaddedRows) + w.Rows, padding));
        }
    }, iter: 50);

    [Fact]
    public void Nothing_behind_the_results_is_written()
    {
        var w = Draws.Matrix(1, 20, 7);
        var y = new float[(3 * 32) + 8];
        y.AsSpan().Fill(9f);
        MatrixKernels.Multiply(w, Draws.Vector(2, 3 * 7), y, lanes: 3);
        Assert.All(y[^8..], v => Assert.Equal(9f, v));
    }

    [Fact]
    public void Spans_that_are_too_short_are_refused()
    {
        var w = new PanelMatrix(20, 7);
        var (x, y) = (new float[14], new float[64]);
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixKernels.Multiply(w, x, y.AsSpan(1), 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixKernels.Multiply(w, x.AsSpan(1), y, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatrixKernels.Multiply(w, x, y, 0));
    }

    private static void CheckProduct(MatrixCase c)
    {
        var w = Draws.Matrix(c.Seed, c.Rows, c.Columns);
        var x = Draws.Vector(~c.Seed, c.Lanes * c.Columns);
        var y = Multiply(w, x, c.Lanes);
        for (var lane = 0; lane < c.Lanes; lane++)
        {
            for (var row = 0; row < c.Rows; row++)
            {
                var (sum, size) = (0.0, 0.0);
                for (var column = 0; column < c.Columns; column++)
                {
                    var term = (double)w[row, column] * x[(lane * c.Columns) + column];
                    (sum, size) = (sum + term, size + Math.Abs(term));
                }

                Near.Sum(sum, size, c.Columns, y[(lane * w.PaddedRows) + row]);
            }
        }
    }

    private static float[] Multiply(PanelMatrix w, float[] x, int lanes)
    {
        var y = new float[lanes * w.PaddedRows];
        y.AsSpan().Fill(float.NaN);
        MatrixKernels.Multiply(w, x, y, lanes);
        return y;
    }
}
