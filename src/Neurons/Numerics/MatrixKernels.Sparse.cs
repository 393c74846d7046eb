using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

public static unsafe partial class MatrixKernels
{
    /// <summary>The product from the listed entries: <c>y = Σ_k W[·, indices[k]]·values[k]</c>.</summary>
    /// <remarks>
    /// Order of summation: four partial sums over k mod 4, then <c>(p₀ + p₁) + (p₂ + p₃)</c>, k being the place in the
    /// list. So the last bits differ from those of <see cref="Multiply"/>.
    /// </remarks>
    /// <param name="w">Weights.</param>
    /// <param name="indices">Columns, ascending for the sake of speed; none may be listed twice.</param>
    /// <param name="values">As many values.</param>
    /// <param name="y"><see cref="PanelMatrix.PaddedRows"/> results.</param>
    public static void MultiplySparse(
        PanelMatrix w, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> y)
    {
        RequireEntries(w, y.Length, indices, values);
        y[..w.PaddedRows].Clear();
        AddListed(w, indices, values, y);
    }

    /// <summary>Adds the product from the listed entries: <c>y += Σ_k W[·, indices[k]]·values[k]</c>.</summary>
    /// <remarks>The sum is formed as in <see cref="MultiplySparse"/>, then added to y.</remarks>
    /// <param name="w">Weights.</param>
    /// <param name="indices">Columns, ascending for the sake of speed; none may be listed twice.</param>
    /// <param name="values">As many values, for instance the changes of x.</param>
    /// <param name="y"><see cref="PanelMatrix.PaddedRows"/> sums.</param>
    public static void AddSparse(
        PanelMatrix w, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> y)
    {
        RequireEntries(w, y.Length, indices, values);
        if (indices.Length > 0)
        {
            AddListed(w, indices, values, y);
        }
    }

    private static void AddListed(
        PanelMatrix w, ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> y)
    {
        fixed (float* weights = w.Storage, source = values, result = y)
        fixed (int* columns = indices)
        {
            var panelLength = w.Columns * PanelRows;
            for (var row = 0; row < w.PaddedRows; row += PanelRows)
            {
                var panel = weights + ((nint)(row / PanelRows) * panelLength);
                AddListedColumns(panel, columns, source, indices.Length, result + row);
            }
        }
    }

    [MethodImpl(Hot)]
    private static void AddListedColumns(float* panel, int* columns, float* x, int count, float* y)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default;
        var k = 0;
        for (; k <= count - 4; k += 4)
        {
            (a0, b0) = AddColumn(panel + ((nint)columns[k] * PanelRows), x[k], a0, b0);
            (a1, b1) = AddColumn(panel + ((nint)columns[k + 1] * PanelRows), x[k + 1], a1, b1);
            (a2, b2) = AddColumn(panel + ((nint)columns[k + 2] * PanelRows), x[k + 2], a2, b2);
            (a3, b3) = AddColumn(panel + ((nint)columns[k + 3] * PanelRows), x[k + 3], a3, b3);
        }

        if (k < count)
        {
            (a0, b0) = AddColumn(panel + ((nint)columns[k] * PanelRows), x[k], a0, b0);
        }

        if (k + 1 < count)
        {
            (a1, b1) = AddColumn(panel + ((nint)columns[k + 1] * PanelRows), x[k + 1], a1, b1);
        }

        if (k + 2 < count)
        {
            (a2, b2) = AddColumn(panel + ((nint)columns[k + 2] * PanelRows), x[k + 2], a2, b2);
        }

        Vector256.Store(Vector256.Load(y) + ((a0 + a1) + (a2 + a3)), y);
        Vector256.Store(Vector256.Load(y + 8) + ((b0 + b1) + (b2 + b3)), y + 8);
    }
}
