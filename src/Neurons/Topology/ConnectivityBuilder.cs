namespace Nudge.Topology;

/// <summary>Makes the tables of projections with windows.</summary>
internal sealed class ConnectivityBuilder
{
    private readonly Windows _windows;
    private readonly PopulationShape _source;
    private readonly PopulationShape _target;
    private readonly bool _isBackward;

    /// <param name="windows">The windows of the upper population on the lower one.</param>
    /// <param name="source">Shape of the population that sends in this direction.</param>
    /// <param name="target">Shape of the population that receives in this direction.</param>
    /// <param name="isBackward">Whether the windows are those of the source on the target.</param>
    /// <exception cref="ArgumentException">The windows do not make one population of the other.</exception>
    internal ConnectivityBuilder(Windows windows, PopulationShape source, PopulationShape target, bool isBackward)
    {
        (_windows, _source, _target, _isBackward) = (windows, source, target, isBackward);
        (PopulationShape lower, PopulationShape upper) = isBackward ? (target, source) : (source, target);
        if (windows.CountIn(lower.Height) != upper.Height || windows.CountIn(lower.Width) != upper.Width)
            throw new ArgumentException($"Windows of {windows.Kernel} with stride {windows.Stride} do not make {upper} of {lower}.");
    }

    /// <summary>One filter for all positions of a target channel; for each channel it has, transposed, the same places.</summary>
    internal Connectivity Shared() => new(
        _source,
        _target,
        _isBackward ? Transposed(_source.Channels) : [Forward(0, Positions(), _source.Channels)],
        new(1, _windows.Area, [_source.Channels, _windows.Kernel, _windows.Kernel]));

    /// <summary>Means within a channel.</summary>
    internal Connectivity Averaging() => new(
        _source,
        _target,
        _isBackward ? Transposed(channels: 1) : [Forward(0, Positions(), channels: 1)],
        new(1, _windows.Area, [], 1f / _windows.Area));

    /// <summary>A filter of its own for each window.</summary>
    internal Connectivity Unshared()
    {
        PopulationShape upper = _isBackward ? _source : _target;
        var groups = new List<WindowGroup>();
        int first = 0;
        foreach (WindowPosition position in _isBackward ? Units() : Positions())
        {
            WindowGroup group = _isBackward ? Around(first, position) : Inside(first, position);
            groups.Add(group);
            first += group.Columns.Count;
        }

        return new(
            _source,
            _target,
            groups,
            new(
                upper.Positions,
                _windows.Area,
                [upper.Height, upper.Width, _source.Channels, _windows.Kernel, _windows.Kernel]));
    }

    private IEnumerable<WindowPosition> Units() => Enumerable.Range(0, _target.Positions)
        .Select(index => new WindowPosition(index, index / _target.Width, index % _target.Width));

    private IEnumerable<WindowPosition> Positions() => Units().Select(one => one with
    {
        Y = (one.Y * _windows.Stride) - _windows.Padding,
        X = (one.X * _windows.Stride) - _windows.Padding,
    });

    private WindowGroup Forward(int window, IEnumerable<WindowPosition> positions, int channels)
    {
        var columns = new List<WindowColumn>();
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = 0; y < _windows.Kernel; y++)
            {
                for (int x = 0; x < _windows.Kernel; x++)
                    columns.Add(new(FileColumn(window, channel, y, x, channels), channel, y, x));
            }
        }

        return new(0, [.. positions], columns);
    }

    private WindowGroup Inside(int first, WindowPosition position)
    {
        WindowGroup whole = Forward(position.Index, [position], _source.Channels);
        return whole with
        {
            FirstColumn = first,
            Columns =
            [
                .. whole.Columns.Where(column => IsInside(position.Y + column.Y, _source.Height)
                    && IsInside(position.X + column.X, _source.Width)),
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
        for (int down = 0; down < _windows.Stride; down++)
        {
            for (int across = 0; across < _windows.Stride; across++)
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
        .Select(one => one with { Y = one.Y + _windows.Padding, X = one.X + _windows.Padding })
        .Where(one => one.Y % _windows.Stride == down && one.X % _windows.Stride == across)
        .Select(one => one with { Y = one.Y / _windows.Stride, X = one.X / _windows.Stride });

    private IEnumerable<WindowColumn> TransposedColumns(int down, int across, int channels)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = down; y < _windows.Kernel; y += _windows.Stride)
            {
                for (int x = across; x < _windows.Kernel; x += _windows.Stride)
                {
                    yield return new(
                        FileColumn(0, channel, y, x, channels), channel, -(y / _windows.Stride), -(x / _windows.Stride));
                }
            }
        }
    }

    /// <summary>The weights of one unit of the lower population to all windows that it lies in.</summary>
    private WindowGroup Around(int first, WindowPosition unit)
    {
        var columns = new List<WindowColumn>();
        for (int channel = 0; channel < _source.Channels; channel++)
        {
            for (int window = 0; window < _source.Positions; window++)
            {
                (int down, int across) = Math.DivRem(window, _source.Width);
                int y = unit.Y + _windows.Padding - (down * _windows.Stride);
                int x = unit.X + _windows.Padding - (across * _windows.Stride);
                if (IsInside(y, _windows.Kernel) && IsInside(x, _windows.Kernel))
                    columns.Add(new(FileColumn(window, channel, y, x, _source.Channels), channel, down, across));
            }
        }

        return new(first, [unit with { Y = 0, X = 0 }], columns);
    }

    private int FileColumn(int window, int channel, int y, int x, int channels) =>
        (((((window * channels) + channel) * _windows.Kernel) + y) * _windows.Kernel) + x;

    private static bool IsInside(int place, int length) => place >= 0 && place < length;
}
