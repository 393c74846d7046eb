using CsCheck;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class SparseTests
{
    [Fact]
    public void A_sparse_product_is_that_of_the_dense_vector() => Cases.Matrices.Sample(c =>
    {
        var w = Draws.Matrix(c.Seed, c.Rows, c.Columns);
        var x = Draws.Sparse(~c.Seed, c.Columns);
        var (indices, values) = Entries(x);
        var y = new float[w.PaddedRows];
        y.AsSpan().Fill(float.NaN);
        MatrixKernels.MultiplySparse(w, indices, values, y);

        var start = Draws.Vector(c.Seed + 1, w.PaddedRows);
        var added = (float[])start.Clone();
        MatrixKernels.AddSparse(w, indices, values, added);

        for (var row = 0; row < c.Rows; row++)
        {
            var (sum, size) = (0.0, 0.0);
            for (var column = 0; column < c.Columns; column++)
            {
                var term = (double)w[row, column] * x[column];
                (sum, size) = (sum + term, size + Math.Abs(term));
            }

            Near.Sum(sum, size, indices.Length, y[row]);
            Near.Sum(sum + start[row], size + Math.Abs(start[row]), indices.Length + 1, added[row]);
        }

        var padding = w.PaddedRows - w.Rows;
        Near.Same(new float[padding], y.AsSpan(w.Rows));
        Near.Same(start.AsSpan(w.Rows), added.AsSpan(w.Rows));
    }, iter: 100);

    [Fact]
    public void A_row_of_a_sparse_product_keeps_its_bits_when_the_matrix_is_cut() => Cases.Matrices.Sample(c =>
    {
        var whole = Draws.Matrix(c.Seed, c.Rows, c.Columns);
        var first = (int)(c.Seed % (ulong)c.Rows);
        var part = new PanelMatrix(c.Rows - first, c.Columns);
        part.CopyFromRowMajor(whole.ToRowMajor().AsSpan(first * c.Columns));
        var (indices, values) = Entries(Draws.Sparse(~c.Seed, c.Columns));
        var (y, z) = (new float[whole.PaddedRows], new float[part.PaddedRows]);
        MatrixKernels.MultiplySparse(whole, indices, values, y);
        MatrixKernels.MultiplySparse(part, indices, values, z);
        Near.Same(y.AsSpan(first, part.Rows), z.AsSpan(0, part.Rows));
    }, iter: 100);

    [Fact]
    public void A_sparse_update_has_the_bits_of_the_dense_one() => Cases.Matrices.Sample(c =>
    {
        var (sparse, dense) = (Draws.Matrix(c.Seed, c.Rows, c.Columns), Draws.Matrix(c.Seed, c.Rows, c.Columns));
        var u = Draws.Lanes(c.Seed + 1, 1, c.Rows, dense.PaddedRows);
        var x = Draws.Sparse(~c.Seed, c.Columns);
        var (indices, values) = Entries(x);
        MatrixKernels.AddOuterSparse(sparse, u, indices, values);
        MatrixKernels.AddOuter(dense, u, x, rank: 1);
        Near.Same(dense.Storage, sparse.Storage);
    }, iter: 100);

    [Fact]
    public void An_empty_list_changes_nothing()
    {
        var w = Draws.Matrix(1, 20, 7);
        var y = Draws.Vector(2, 32);
        MatrixKernels.AddSparse(w, [], [], y);
        Near.Same(Draws.Vector(2, 32), y);
        MatrixKernels.MultiplySparse(w, [], [], y);
        Near.Same(new float[32], y);
        MatrixKernels.AddOuterSparse(w, Draws.Vector(2, 32), [], []);
        Near.Same(Draws.Matrix(1, 20, 7).Storage, w.Storage);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Indices_outside_the_matrix_are_refused(int index)
    {
        var w = new PanelMatrix(20, 7);
        int[] indices = [0, index];
        Assert.Throws<ArgumentOutOfRangeException>(
            () => MatrixKernels.MultiplySparse(w, indices, new float[2], new float[32]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => MatrixKernels.AddSparse(w, indices, new float[2], new float[32]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => MatrixKernels.AddOuterSparse(w, new float[32], indices, new float[2]));
    }

    private static (int[] Indices, float[] Values) Entries(float[] x)
    {
        var (indices, values) = (new int[x.Length], new float[x.Length]);
        var count = VectorKernels.ListNonZero(x, indices, values);
        return (indices[..count], values[..count]);
    }
}
