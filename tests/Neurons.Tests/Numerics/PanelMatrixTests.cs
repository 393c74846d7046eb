using CsCheck;
using Nudge.Numerics;

namespace Nudge.Neurons.Tests.Numerics;

public sealed class PanelMatrixTests
{
    [Fact]
    public void Weights_lie_panel_after_panel_and_column_after_column()
    {
        var w = new PanelMatrix(rows: 20, columns: 3);
        w[17, 2] = 5f;
        Assert.Equal(32, w.PaddedRows);
        Assert.Equal(32 * 3, w.Storage.Length);
        Assert.Equal(5f, w.Storage[(((1 * 3) + 2) * 16) + 1]);
    }

    [Fact]
    public void The_usual_order_is_restored() => Cases.Matrices.Sample(c =>
    {
        var values = Draws.Vector(c.Seed, c.Rows * c.Columns);
        var w = new PanelMatrix(c.Rows, c.Columns);
        w.CopyFromRowMajor(values);
        Near.Same(values, w.ToRowMajor());
        Assert.Equal(values[^1], w[c.Rows - 1, c.Columns - 1]);
    }, iter: 50);

    [Fact]
    public unsafe void Storage_begins_on_a_cache_line()
    {
        for (var rows = 1; rows < 40; rows++)
        {
            fixed (float* first = new PanelMatrix(rows, 7).Storage)
            {
                Assert.Equal(0, (nint)first % 64);
            }
        }
    }

    [Fact]
    public void A_copy_is_equal_and_independent()
    {
        var original = Draws.Matrix(1, 20, 9);
        var copy = new PanelMatrix(20, 9);
        copy.CopyFrom(original);
        original[3, 4] += 1f;
        Near.Same(Draws.Matrix(1, 20, 9).Storage, copy.Storage);
        Assert.Throws<ArgumentOutOfRangeException>(() => copy.CopyFrom(new PanelMatrix(20, 8)));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(20, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 9)]
    public void Places_outside_the_matrix_are_refused(int row, int column) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PanelMatrix(20, 9)[row, column]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    public void Rows_are_padded_to_whole_panels(int rows, int padded) => Assert.Equal(padded, PanelMatrix.Pad(rows));
}
