using CsCheck;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class UpdateTests
{
    [Theory]
    [InlineData(1f)]
    [InlineData(0.75f)]
    [InlineData(0f)]
    public void An_update_adds_the_outer_products_to_what_is_kept(float keep)
    {
        Cases.Matrices.Sample(c => Check(c, keep), iter: 50);
        Cases.TallMatrices.Sample(c => Check(c, keep), iter: 30);
    }

    [Fact]
    public void An_update_of_higher_rank_has_the_bits_of_updates_one_by_one() => Cases.TallMatrices.Sample(c =>
    {
        var (together, singly) = (Draws.Matrix(c.Seed, c.Rows, c.Columns), Draws.Matrix(c.Seed, c.Rows, c.Columns));
        var u = Draws.Lanes(c.Seed + 1, c.Lanes, c.Rows, together.PaddedRows);
        var x = Draws.Vector(~c.Seed, c.Lanes * c.Columns);
        MatrixKernels.AddOuter(together, u, x, c.Lanes, keep: 0.75f);
        for (var k = 0; k < c.Lanes; k++)
        {
            var term = u.AsSpan(k * singly.PaddedRows, singly.PaddedRows);
            MatrixKernels.AddOuter(singly, term, x.AsSpan(k * c.Columns), rank: 1, k == 0 ? 0.75f : 1f);
        }

        Near.Same(singly.Storage, together.Storage);
    }, iter: 50);

    [Fact]
    public void Terms_that_are_zero_for_the_most_part_give_the_bits_of_updates_one_by_one() => Cases.LargeMatrices.Sample(c =>
    {
        var (together, singly) = (Draws.Matrix(c.Seed, c.Rows, c.Columns), Draws.Matrix(c.Seed, c.Rows, c.Columns));
        var u = Draws.Lanes(c.Seed + 1, c.Lanes, c.Rows, together.PaddedRows);
        var x = Draws.Sparse(~c.Seed, c.Lanes * c.Columns);
        MatrixKernels.AddOuter(together, u, x, c.Lanes);
        for (var k = 0; k < c.Lanes; k++)
        {
            MatrixKernels.AddOuter(singly, u.AsSpan(k * singly.PaddedRows, singly.PaddedRows), x.AsSpan(k * c.Columns), rank: 1);
        }

        Near.Same(singly.Storage, together.Storage);
    }, iter: 20);

    [Fact]
    public void Padding_stays_zero_under_updates() => Cases.Matrices.Sample(c =>
    {
        var w = Draws.Matrix(c.Seed, c.Rows, c.Columns);
        var u = Draws.Lanes(c.Seed + 1, c.Lanes, c.Rows, w.PaddedRows);
        MatrixKernels.AddOuter(w, u, Draws.Vector(~c.Seed, c.Lanes * c.Columns), c.Lanes, keep: 0.9f);
        var copy = new PanelMatrix(c.Rows, c.Columns);
        copy.CopyFromRowMajor(w.ToRowMajor());
        Near.Same(copy.Storage, w.Storage);
    }, iter: 50);

    private static void Check(MatrixCase c, float keep)
    {
        var w = Draws.Matrix(c.Seed, c.Rows, c.Columns);
        var old = w.ToRowMajor();
        var u = Draws.Lanes(c.Seed + 1, c.Lanes, c.Rows, w.PaddedRows);
        var x = Draws.Vector(~c.Seed, c.Lanes * c.Columns);
        MatrixKernels.AddOuter(w, u, x, c.Lanes, keep);
        for (var row = 0; row < c.Rows; row++)
        {
            for (var column = 0; column < c.Columns; column++)
            {
                var sum = (double)keep * old[(row * c.Columns) + column];
                var size = Math.Abs(sum);
                for (var k = 0; k < c.Lanes; k++)
                {
                    var term = (double)u[(k * w.PaddedRows) + row] * x[(k * c.Columns) + column];
                    (sum, size) = (sum + term, size + Math.Abs(term));
                }

                Near.Sum(sum, size, c.Lanes + 1, w[row, column]);
            }
        }
    }
}
