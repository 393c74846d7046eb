using System.Runtime.CompilerServices;

namespace Nudge.Numerics;

public static unsafe partial class MatrixKernels
{
    // The gradients of so many columns of a panel, 3 KiB, stay in the cache beside the terms that make them.
    private const int GradientColumns = 8 * ColumnsAtOnce;

    /// <summary>
    /// One step of Adam, <see cref="AdamStep"/>, by the gradient <c>G[i,j] = Σ_k post_k[i]·pre_k[j]</c>. Columns whose
    /// gradient is zero move too, by the moments that are left.
    /// </summary>
    /// <remarks>
    /// Order of summation: gradients from +0 in ascending order of k, each term fused; then as
    /// <see cref="VectorKernels.AddAdam"/>. Weights and moments are read and written once.
    /// </remarks>
    /// <param name="w">Weights.</param>
    /// <param name="first">First moments, of the same shape.</param>
    /// <param name="second">Second moments, of the same shape.</param>
    /// <param name="post"><c>lanes · PaddedRows</c> values, lane after lane; those of the padding must be 0.</param>
    /// <param name="pre"><c>lanes · Columns</c> values, lane after lane; they must be finite.</param>
    /// <param name="lanes">Terms of the gradient, at least 1.</param>
    /// <param name="step">Constants of the step; ε must be greater than 0, for the padding to stay 0.</param>
    [MethodImpl(Hot)]
    public static void AddOuterAdam(
        PanelMatrix w,
        PanelMatrix first,
        PanelMatrix second,
        ReadOnlySpan<float> post,
        ReadOnlySpan<float> pre,
        int lanes,
        in AdamStep step)
    {
        RequireLanes(w, lanes, post.Length, pre.Length);
        RequireShape(w, first);
        RequireShape(w, second);
        fixed (float* weights = w.Storage, means = first.Storage, squares = second.Storage, rows = post, source = pre)
        {
            var gradient = stackalloc float[GradientColumns * PanelRows];
            for (var row = 0; row < w.PaddedRows; row += PanelRows)
            {
                for (var j = 0; j < w.Columns; j += GradientColumns)
                {
                    var width = int.Min(GradientColumns, w.Columns - j);
                    SumTerms(gradient, width, rows + row, w.PaddedRows, source + j, w.Columns, lanes);
                    var place = ((nint)row * w.Columns) + ((nint)j * PanelRows);
                    VectorKernels.AddAdamEights(
                        weights + place, means + place, squares + place, gradient, width * PanelRows, step);
                }
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(Hot)]
    private static void SumTerms(
        float* sums, int width, float* u, int paddedRows, float* x, int columns, int lanes)
    {
        new Span<float>(sums, width * PanelRows).Clear();
        var gathered = stackalloc float[TermsAtOnce * PanelRows];
        for (var first = 0; first < lanes; first += TermsAtOnce)
        {
            var terms = int.Min(TermsAtOnce, lanes - first);
            Gather(u + ((nint)first * paddedRows), paddedRows, terms, gathered);
            var source = x + ((nint)first * columns);
            var j = 0;
            for (; j <= width - ColumnsAtOnce; j += ColumnsAtOnce)
                AddTermsToSixColumns(sums + (j * PanelRows), gathered, source + j, columns, AllTerms, terms, keep: 1f);
            for (; j < width; j++)
                AddTermsToColumn(sums + (j * PanelRows), gathered, source + j, columns, terms, keep: 1f);
        }
    }

    private static void RequireShape(PanelMatrix w, PanelMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Rows, w.Rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Columns, w.Columns);
    }
}
