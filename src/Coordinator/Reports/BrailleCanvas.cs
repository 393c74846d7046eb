namespace Nudge.Reports;

/// <summary>A field of dots in characters of two by four, for lines on a terminal.</summary>
internal sealed class BrailleCanvas
{
    private const int Across = 2;
    private const int Down = 4;
    private const char Blank = '\u2800';

    // The bits of a braille character, by row of dots, for its left and its right column.
    private static readonly byte[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };
    private readonly byte[,] _cells;

    internal BrailleCanvas(int columns, int rows) => _cells = new byte[rows, columns];

    private int Columns => _cells.GetLength(1);

    private int Rows => _cells.GetLength(0);

    /// <summary>The character of a cell, or a space where it has no dots.</summary>
    internal char this[int column, int row] => _cells[row, column] == 0 ? ' ' : (char)(Blank + _cells[row, column]);

    /// <summary>The column of cells that a place belongs to.</summary>
    /// <param name="x">From 0, left, to 1, right.</param>
    internal int ColumnOf(double x) => DotOf(x, Across * Columns) / Across;

    /// <summary>The row of cells that a height belongs to.</summary>
    /// <param name="y">From 0, at the bottom, to 1, at the top.</param>
    internal int RowOf(double y) => DotOf(1 - y, Down * Rows) / Down;

    /// <summary>Draws a line through points that go from left to right.</summary>
    internal void Line(IReadOnlyList<(double X, double Y)> points)
    {
        (int X, int Y)? before = null;
        foreach ((double x, double y) in points)
        {
            (int X, int Y) here = (DotOf(x, Across * Columns), DotOf(1 - y, Down * Rows));
            Connect(before ?? here, here);
            before = here;
        }
    }

    private static int DotOf(double share, int dots) => (int)Math.Round(Math.Clamp(share, 0, 1) * (dots - 1));

    private void Connect((int X, int Y) from, (int X, int Y) to)
    {
        int steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (int step = 0; step <= steps; step++)
        {
            double share = (double)step / steps;
            int x = (int)Math.Round(from.X + (share * (to.X - from.X)));
            int y = (int)Math.Round(from.Y + (share * (to.Y - from.Y)));
            _cells[y / Down, x / Across] |= Bits[y % Down, x % Across];
        }
    }
}
