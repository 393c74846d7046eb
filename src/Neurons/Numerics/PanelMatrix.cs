using System.Runtime.CompilerServices;

namespace Nudge.Numerics;

/// <summary>
/// A dense matrix of single-precision weights, rows being receivers and columns sources, stored as
/// <c>W[PaddedRows / 16][Columns][16]</c>: panels of sixteen rows, each of them column after column.
/// </summary>
/// <remarks>
/// One copy in this order is read from end to end by the product, the transposed product and the update alike.
/// The rows that fill up the last panel hold zeros, and every kernel leaves them so.
/// </remarks>
public sealed class PanelMatrix
{
    /// <summary>Rows of a panel: two vectors of eight floats, one cache line.</summary>
    public const int PanelRows = 16;

    private const int LineBytes = 64;

    private readonly float[] _block;
    private readonly int _offset;
    private readonly int _length;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="rows">Receivers, at least 1.</param>
    /// <param name="columns">Sources, at least 1.</param>
    public PanelMatrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Rows = rows;
        Columns = columns;
        PaddedRows = Pad(rows);
        _length = checked(PaddedRows * columns);

        // Pinned, so that the line on which the matrix begins stays where it was measured.
        _block = GC.AllocateArray<float>(checked(_length + (LineBytes / sizeof(float))), pinned: true);
        _offset = OffsetOfFirstLine(_block);
    }

    /// <summary>Receivers.</summary>
    public int Rows { get; }

    /// <summary>Sources.</summary>
    public int Columns { get; }

    /// <summary><see cref="Rows"/> rounded up to whole panels.</summary>
    public int PaddedRows { get; }

    /// <summary>All <c>PaddedRows · Columns</c> values in the order of storage, beginning on a cache line.</summary>
    public Span<float> Storage => new(_block, _offset, _length);

    /// <summary>One weight.</summary>
    /// <param name="row">Receiver, from 0 to <see cref="Rows"/> − 1.</param>
    /// <param name="column">Source, from 0 to <see cref="Columns"/> − 1.</param>
    public float this[int row, int column]
    {
        get => _block[PlaceOf(row, column)];
        set => _block[PlaceOf(row, column)] = value;
    }

    /// <summary>The next multiple of <see cref="PanelRows"/>.</summary>
    /// <param name="n">A number of rows, at least 0.</param>
    public static int Pad(int n) => checked(n + (PanelRows - 1)) & -PanelRows;

    /// <summary>Takes over all values of a matrix of the same shape.</summary>
    /// <param name="source">A matrix of <see cref="Rows"/> × <see cref="Columns"/>.</param>
    public void CopyFrom(PanelMatrix source)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Rows, Rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Columns, Columns);
        source.Storage.CopyTo(Storage);
    }

    /// <summary>Takes over all values of an array in the usual order, row after row.</summary>
    /// <param name="values"><c>Rows · Columns</c> values.</param>
    public void CopyFromRowMajor(ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Rows * Columns);
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                this[row, column] = values[(row * Columns) + column];
            }
        }
    }

    /// <summary>A copy in the usual order, row after row, without the padding.</summary>
    /// <returns><c>Rows · Columns</c> values.</returns>
    public float[] ToRowMajor()
    {
        var values = new float[Rows * Columns];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                values[(row * Columns) + column] = this[row, column];
            }
        }

        return values;
    }

    private static unsafe int OffsetOfFirstLine(float[] block)
    {
        var address = (nint)Unsafe.AsPointer(ref block[0]);
        return (int)(-address & (LineBytes - 1)) / sizeof(float);
    }

    private int PlaceOf(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
        var panel = row / PanelRows;
        return _offset + (((panel * Columns) + column) * PanelRows) + (row % PanelRows);
    }
}
