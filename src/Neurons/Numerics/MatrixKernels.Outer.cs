using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nudge.Numerics;

public static unsafe partial class MatrixKernels
{
    /// <summary>The update of rank <paramref name="rank"/>: <c>W[i,j] = keep·W[i,j] + Σ_k u_k[i]·x_k[j]</c>.</summary>
    /// <remarks>
    /// Order of summation: the kept weight, rounded by itself, then the terms in ascending order of k, each fused.
    /// With <paramref name="keep"/> 1, terms that are zero may be left out, and an update of rank 2 has the bits of two updates of rank 1.
    /// </remarks>
    /// <param name="w">Weights.</param>
    /// <param name="u"><c>rank · PaddedRows</c> values, term after term; those of the padding must be 0.</param>
    /// <param name="x"><c>rank · Columns</c> values, term after term; they must be finite.</param>
    /// <param name="rank">Terms, at least 1.</param>
    /// <param name="keep">What is kept of the old weights: 1, or less for decay.</param>
    public static void AddOuter(
        PanelMatrix w, ReadOnlySpan<float> u, ReadOnlySpan<float> x, int rank, float keep = 1f)
    {
        RequireLanes(w, rank, u.Length, x.Length);
        fixed (float* weights = w.Storage, rows = u, columns = x)
        {
            if (rank > 1)
            {
                AddTerms(weights, rows, columns, w.PaddedRows, w.Columns, rank, keep);
            }
            else if (keep == 1f)
            {
                AddTerm(weights, rows, columns, w.PaddedRows, w.Columns);
            }
            else
            {
                AddTermKeeping(weights, rows, columns, w.PaddedRows, w.Columns, keep);
            }
        }
    }

    /// <summary>The update of rank 1 from listed entries: <c>W[i, indices[k]] += u[i]·values[k]</c>.</summary>
    /// <remarks>No other column is touched. Bits are those of <see cref="AddOuter"/> with zeros elsewhere.</remarks>
    /// <param name="w">Weights.</param>
    /// <param name="u"><see cref="PanelMatrix.PaddedRows"/> values; those of the padding must be 0.</param>
    /// <param name="indices">Columns, ascending for the sake of speed; none may be listed twice.</param>
    /// <param name="values">As many finite values.</param>
    public static void AddOuterSparse(
        PanelMatrix w, ReadOnlySpan<float> u, ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        RequireEntries(w, u.Length, indices, values);
        fixed (float* weights = w.Storage, rows = u, source = values)
        fixed (int* columns = indices)
        {
            AddListedTerm(weights, rows, columns, source, indices.Length, w.PaddedRows, w.Columns);
        }
    }

    [MethodImpl(Hot)]
    private static void AddTerm(float* w, float* u, float* x, int paddedRows, int columns)
    {
        for (var row = 0; row < paddedRows; row += PanelRows)
        {
            var upper = Vector256.Load(u + row);
            var lower = Vector256.Load(u + row + 8);
            for (var j = 0; j < columns; j++, w += PanelRows)
            {
                var factor = Vector256.Create(x[j]);
                Vector256.Store(Vector256.FusedMultiplyAdd(upper, factor, Vector256.Load(w)), w);
                Vector256.Store(Vector256.FusedMultiplyAdd(lower, factor, Vector256.Load(w + 8)), w + 8);
            }
        }
    }

    [MethodImpl(Hot)]
    private static void AddTermKeeping(float* w, float* u, float* x, int paddedRows, int columns, float keep)
    {
        var kept = Vector256.Create(keep);
        for (var row = 0; row < paddedRows; row += PanelRows)
        {
            var upper = Vector256.Load(u + row);
            var lower = Vector256.Load(u + row + 8);
            for (var j = 0; j < columns; j++, w += PanelRows)
            {
                var factor = Vector256.Create(x[j]);
                Vector256.Store(Vector256.FusedMultiplyAdd(upper, factor, kept * Vector256.Load(w)), w);
                Vector256.Store(Vector256.FusedMultiplyAdd(lower, factor, kept * Vector256.Load(w + 8)), w + 8);
            }
        }
    }

    [MethodImpl(Hot)]
    private static void AddListedTerm(
        float* w, float* u, int* listed, float* x, int count, int paddedRows, int columns)
    {
        for (var row = 0; row < paddedRows; row += PanelRows, w += (nint)columns * PanelRows)
        {
            var upper = Vector256.Load(u + row);
            var lower = Vector256.Load(u + row + 8);
            for (var k = 0; k < count; k++)
            {
                var column = w + ((nint)listed[k] * PanelRows);
                var factor = Vector256.Create(x[k]);
                Vector256.Store(Vector256.FusedMultiplyAdd(upper, factor, Vector256.Load(column)), column);
                Vector256.Store(Vector256.FusedMultiplyAdd(lower, factor, Vector256.Load(column + 8)), column + 8);
            }
        }
    }
}
