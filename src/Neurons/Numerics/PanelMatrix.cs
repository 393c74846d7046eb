using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nudge.Numerics;

/// <summary>
/// A matrix in panels of 16 rows, stored column by column: one copy serves W·x, Wᵀ·u, the rank-k update and the update of
/// single columns, each with whole cache lines. Rows beyond the last are zero. Rows are receivers, columns sources.
/// </summary>
public sealed class PanelMatrix
{
    /// <summary>Rows in a panel.</summary>
    public const int PanelRows = 16;

    private const int Alignment = 64;
    private readonly float[] _buffer;
    private readonly int _start;

    /// <summary>Makes a matrix of zeros.</summary>
    /// <param name="rows">Receivers.</param>
    /// <param name="columns">Sources.</param>
    public PanelMatrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Rows = rows;
        Columns = columns;
        PaddedRows = Pad(rows);
        Length = checked(PaddedRows * columns);
        // Pinned, so that a panel stays on the cache-line boundary that it begins on.
        _buffer = GC.AllocateArray<float>(Length + (Alignment / sizeof(float)), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_buffer, 0);
        _start = (int)((Alignment - (address & (Alignment - 1))) & (Alignment - 1)) / sizeof(float);
    }

    /// <summary>Receivers.</summary>
    public int Rows { get; }

    /// <summary>Sources.</summary>
    public int Columns { get; }

    /// <summary>Rows with the padding of the last panel.</summary>
    public int PaddedRows { get; }

    /// <summary>Values stored, padding included.</summary>
    public int Length { get; }

    /// <summary>The values: panel, column, row within the panel.</summary>
    public Span<float> Storage => _buffer.AsSpan(_start, Length);

    /// <summary>One weight.</summary>
    public float this[int row, int column]
    {
        get => _buffer[Place(row, column)];
        set => _buffer[Place(row, column)] = value;
    }

    internal ref float Origin => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), _start);

    /// <summary>The next multiple of <see cref="PanelRows"/>.</summary>
    public static int Pad(int rows) => (rows + PanelRows - 1) & -PanelRows;

    /// <summary>The weights row by row, without padding.</summary>
    public float[] ToRowMajor()
    {
        float[] values = new float[Rows * Columns];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
                values[(row * Columns) + column] = this[row, column];
        }

        return values;
    }

    private int Place(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns);
        return _start + ((((row / PanelRows) * Columns) + column) * PanelRows) + (row % PanelRows);
    }
}
