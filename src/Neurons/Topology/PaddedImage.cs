namespace Nudge.Topology;

/// <summary>A target unit of a group: its place in its channel, and where its window begins in the source.</summary>
internal readonly record struct WindowPosition(int Index, int Y, int X);

/// <summary>A weight of a group: its place in a file, and which source it is for, relative to where a window begins.</summary>
internal readonly record struct WindowColumn(int FileColumn, int Channel, int Y, int X);

/// <summary>Target units that have their weights in common.</summary>
internal sealed record WindowGroup(int FirstColumn, IReadOnlyList<WindowPosition> Positions, IReadOnlyList<WindowColumn> Columns);

/// <summary>The channels of a source with the border of zeros that its windows need.</summary>
/// <param name="Source">Shape of the source.</param>
/// <param name="Top">Rows of zeros above.</param>
/// <param name="Left">Columns of zeros on the left.</param>
/// <param name="Height">Rows in all.</param>
/// <param name="Width">Columns in all.</param>
internal sealed record PaddedImage(PopulationShape Source, int Top, int Left, int Height, int Width)
{
    /// <summary>Values of a channel.</summary>
    internal int Plane => Height * Width;

    /// <summary>Values of a lane.</summary>
    internal int Length => Plane * Source.Channels;

    /// <summary>Whether it is the source as it is.</summary>
    internal bool IsPlain => Height == Source.Height && Width == Source.Width;

    internal static PaddedImage Around(PopulationShape source, int channels, IReadOnlyList<WindowGroup> groups)
    {
        (int top, int left, int bottom, int right) = (0, 0, source.Height - 1, source.Width - 1);
        foreach (WindowGroup group in groups.Where(group => group.Columns.Count > 0))
        {
            top = Math.Min(top, group.Positions.Min(one => one.Y) + group.Columns.Min(one => one.Y));
            left = Math.Min(left, group.Positions.Min(one => one.X) + group.Columns.Min(one => one.X));
            bottom = Math.Max(bottom, group.Positions.Max(one => one.Y) + group.Columns.Max(one => one.Y));
            right = Math.Max(right, group.Positions.Max(one => one.X) + group.Columns.Max(one => one.X));
        }

        var image = new PaddedImage(source, -top, -left, bottom - top + 1, right - left + 1);
        _ = checked(channels * image.Height * image.Width);
        return image;
    }

    internal int OffsetOf(WindowColumn column) => (column.Channel * Plane) + (column.Y * Width) + column.X;

    internal int OriginOf(WindowPosition position) => ((position.Y + Top) * Width) + position.X + Left;

    /// <summary>The source unit at a place; −1 in the border.</summary>
    internal int UnitAt(int place)
    {
        (int channel, int rest) = Math.DivRem(place, Plane);
        (int y, int x) = (Math.DivRem(rest, Width).Quotient - Top, (rest % Width) - Left);
        bool inside = y >= 0 && y < Source.Height && x >= 0 && x < Source.Width;
        return inside ? (((channel * Source.Height) + y) * Source.Width) + x : -1;
    }

    /// <summary>Copies sources into the middle of a lane, and clears the border.</summary>
    /// <param name="values">Values of one lane, unit after unit.</param>
    /// <param name="lane">The lane, <see cref="Length"/> values.</param>
    internal void Fill(ReadOnlySpan<float> values, Span<float> lane)
    {
        lane.Clear();
        int source = 0;
        for (int channel = 0; channel < Source.Channels; channel++)
        {
            int place = (channel * Plane) + (Top * Width) + Left;
            for (int y = 0; y < Source.Height; y++, place += Width, source += Source.Width)
                values.Slice(source, Source.Width).CopyTo(lane[place..]);
        }
    }
}
