namespace Nudge.Topology;

/// <summary>Makes the tables of projections with windows.</summary>
/// <param name="windows">The windows of the upper population on the lower one.</param>
/// <param name="source">Shape of the population that sends in this direction.</param>
/// <param name="target">Shape of the population that receives in this direction.</param>
/// <param name="isBackward">Whether the windows are those of the source on the target.</param>
internal sealed class ConnectivityBuilder(Windows windows, PopulationShape source, PopulationShape target, bool isBackward)
{
    /// <summary>One filter for all positions of a target channel; for each channel it has, transposed, the same places.</summary>
    internal Connectivity Shared() => new(
        source,
        target,
        isBackward ? Transposed(source.Channels) : [Forward(0, Positions(), source.Channels)],
        new(1, windows.Area, [source.Channels, windows.Kernel, windows.Kernel]));

    /// <summary>Means within a channel.</summary>
    internal Connectivity Averaging() => new(
        source,
        target,
        isBackward ? Transposed(channels: 1) : [Forward(0, Positions(), channels: 1)],
        new(1, windows.Area, [], 1f / windows.Area));

    /// <summary>A filter of its own for each window.</summary>
    internal Connectivity Unshared()
    {
        PopulationShape upper = isBackward ? source : target;
        var groups = new List<WindowGroup>();
        int first = 0;
        foreach (WindowPosition position in isBackward ? Units() : Positions())
        {
            WindowGroup group = isBackward ? Around(first, position) : Inside(first, position);
            groups.Add(group);
            first += group.Columns.Count;
        }

        return new(
            source,
            target,
            groups,
            new(
                upper.Positions,
                windows.Area,
                [upper.Height, upper.Width, source.Channels, windows.Kernel, windows.Kernel]));
    }

    private IEnumerable<WindowPosition> Units() => Enumerable.Range(0, target.Positions)
        .Select(index => new WindowPosition(index, index / target.Width, index % target.Width));

    private IEnumerable<WindowPosition> Positions() => Units().Select(one => one with
    {
        Y = (one.Y * windows.Stride) - windows.Padding,
        X = (one.X * windows.Stride) - windows.Padding,
    });

    private WindowGroup Forward(int window, IEnumerable<WindowPosition> positions, int channels)
    {
        var columns = new List<WindowColumn>();
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = 0; y < windows.Kernel; y++)
            {
                for (int x = 0; x < windows.Kernel; x++)
                    columns.Add(new(FileColumn(window, channel, y, x, channels), channel, y, x));
            }
        }

        return new(0, [.. positions], columns);
    }

    private WindowGroup Inside(int first, WindowPosition position)
    {
        WindowGroup whole = Forward(position.Index, [position], source.Channels);
        return whole with
        {
            FirstColumn = first,
            Columns =
            [
                .. whole.Columns.Where(column => IsInside(position.Y + column.Y, source.Height)
                    && IsInside(position.X + column.X, source.Width)),
            ],
        };
    }

    /// <summary>
    /// Transposed, a unit of the lower population receives from position q − m of the upper one by place r + m·stride of the
    /// filter, q and r being quotient and remainder of its own place by the stride: units with the same remainders form a group.
    /// </summary>
    private List<WindowGroup> Transposed(int channels)
    {
        var groups = new List<WindowGroup>();
        int first = 0;
        for (int down = 0; down < windows.Stride; down++)
        {
            for (int across = 0; across < windows.Stride; across++)
            {
                WindowGroup group = new(first, [.. WithRemainders(down, across)], [.. TransposedColumns(down, across, channels)]);
                if (group.Positions.Count == 0)
                    continue;
                groups.Add(group);
                first += group.Columns.Count;
            }
        }

        return groups;
    }

    private IEnumerable<WindowPosition> WithRemainders(int down, int across) => Units()
        .Select(one => one with { Y = one.Y + windows.Padding, X = one.X + windows.Padding })
        .Where(one => one.Y % windows.Stride == down && one.X % windows.Stride == across)
        .Select(one => one with { Y = one.Y / windows.Stride, X = one.X / windows.Stride });

    private IEnumerable<WindowColumn> TransposedColumns(int down, int across, int channels)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = down; y < windows.Kernel; y += windows.Stride)
            {
                for (int x = across; x < windows.Kernel; x += windows.Stride)
                {
                    yield return new(
                        FileColumn(0, channel, y, x, channels), channel, -(y / windows.Stride), -(x / windows.Stride));
                }
            }
        }
    }

    /// <summary>The weights of one unit of the lower population to all windows that it lies in.</summary>
    private WindowGroup Around(int first, WindowPosition unit)
    {
        var columns = new List<WindowColumn>();
        for (int channel = 0; channel < source.Channels; channel++)
        {
            for (int window = 0; window < source.Positions; window++)
            {
                (int down, int across) = Math.DivRem(window, source.Width);
                int y = unit.Y + windows.Padding - (down * windows.Stride);
                int x = unit.X + windows.Padding - (across * windows.Stride);
                if (IsInside(y, windows.Kernel) && IsInside(x, windows.Kernel))
                    columns.Add(new(FileColumn(window, channel, y, x, source.Channels), channel, down, across));
            }
        }

        return new(first, [unit with { Y = 0, X = 0 }], columns);
    }

    private int FileColumn(int window, int channel, int y, int x, int channels) =>
        (((((window * channels) + channel) * windows.Kernel) + y) * windows.Kernel) + x;

    private static bool IsInside(int place, int length) => place >= 0 && place < length;
}
