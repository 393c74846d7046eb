using Nudge.Numerics;

namespace Nudge.Topology;

/// <summary>
/// Which unit of a source with a shape is connected to which unit of a target with a shape, in one direction, and which
/// connections have one weight in common. A table; it holds no weights.
/// </summary>
/// <remarks>
/// Each channel of the target has a row of <see cref="Columns"/> weights, which the slice that owns the channel stores. The
/// units of a channel are divided into groups; those of a group have their weights in common and read the source at the same
/// places relative to an origin of their own. A convolution has one group; transposed and with a stride, one for each
/// remainder of row and column; a locally connected projection has a group for each unit of a channel.
/// </remarks>
public sealed class Connectivity
{
    private readonly int[] _fileColumns;
    private readonly GatherGroup[] _groups;

    internal Connectivity(
        PopulationShape source, PopulationShape target, IReadOnlyList<WindowGroup> groups, ConnectivityLayout layout)
    {
        (Source, Target, Layout) = (source, target, layout);
        Image = PaddedImage.Around(source, layout.SameChannel ? 1 : source.Channels, groups);
        Columns = groups.Max(group => group.FirstColumn + group.Columns.Count);
        _fileColumns = new int[Columns];
        foreach (WindowGroup group in groups)
        {
            for (int j = 0; j < group.Columns.Count; j++)
                _fileColumns[group.FirstColumn + j] = group.Columns[j].FileColumn;
        }

        int length = Image.Plane * source.Channels;
        _groups =
        [
            .. groups.Select(group => new GatherGroup(
                group.FirstColumn,
                [.. group.Columns.Select(column => Image.OffsetOf(column))],
                [.. group.Positions.Select(position => Image.OriginOf(position))],
                [.. group.Positions.Select(position => position.Index)],
                length,
                target.Positions)),
        ];
        Connections = CountConnections();
    }

    /// <summary>Shape of the population that sends.</summary>
    public PopulationShape Source { get; }

    /// <summary>Shape of the population that receives and owns the weights.</summary>
    public PopulationShape Target { get; }

    /// <summary>Weights that the slice of a target channel stores for it; those of a fixed connection are one in all.</summary>
    public int Columns { get; }

    /// <summary>Connections of a target channel: pairs of units, each of which has a weight, shared or not.</summary>
    public long Connections { get; }

    /// <summary>Weights of the whole projection in this direction.</summary>
    public long Weights => IsFixed ? 0 : (long)Target.Channels * Columns;

    /// <summary>Whether the weights are fixed, each being <see cref="FixedWeight"/>, and connect only units of the same channel.</summary>
    public bool IsFixed => Layout.SameChannel;

    /// <summary>The weight of a connection whose weights are fixed.</summary>
    public float FixedWeight => Layout.FixedWeight;

    /// <summary>Mean number of connections of a target unit: the fan-in of Glorot and Bengio (2010).</summary>
    public double FanIn => (double)Connections / Target.Positions;

    /// <summary>Mean number of connections of a source unit.</summary>
    public double FanOut => (double)Connections * Target.Channels / Source.Units;

    /// <summary>
    /// The shape in which a file has the weights, receivers first: those of a convolution receiving × sending channels ×
    /// kernel × kernel; those of a locally connected projection receiving channels × height × width of the windows × sending
    /// channels × kernel × kernel. Places that a border cuts off hold 0.
    /// </summary>
    public IReadOnlyList<int> FileShape => IsFixed ? [0] : [Target.Channels, .. Layout.FileColumns];

    /// <summary><see cref="FileShape"/> of the other direction.</summary>
    public IReadOnlyList<int> MirroredShape =>
        IsFixed ? [0] : [Source.Channels, .. Layout.FileColumns[..^3], Target.Channels, .. Layout.FileColumns[^2..]];

    /// <summary>Weights of one receiving channel in a file.</summary>
    public int FileColumnCount => IsFixed ? 0 : Layout.FileColumns.Aggregate(1, (product, length) => checked(product * length));

    /// <summary>How units are divided that have their weights in common, with the places that they read.</summary>
    internal ReadOnlySpan<GatherGroup> GatherGroups => _groups;

    /// <summary>How a source is laid out for <see cref="GatherGroups"/>: with a border of zeros where windows extend beyond it.</summary>
    internal PaddedImage Image { get; }

    internal ConnectivityLayout Layout { get; }

    /// <summary>Where a stored column lies among the weights of a channel in a file.</summary>
    internal int FileColumnOf(int column) => _fileColumns[column];

    /// <summary>Where the same connection lies in a file of the other direction.</summary>
    /// <param name="channel">Receiving channel of this direction.</param>
    /// <param name="fileColumn">Place among its weights in a file.</param>
    internal long MirrorOf(int channel, int fileColumn)
    {
        (int rest, int place) = Math.DivRem(fileColumn, Layout.Area);
        (int window, int other) = Math.DivRem(rest, Source.Channels);
        return ((((((long)other * Layout.Windows) + window) * Target.Channels) + channel) * Layout.Area) + place;
    }

    /// <summary>Visits every connection of one target channel, shared weights once for each pair of units.</summary>
    /// <param name="visit">
    /// Is given the position of the target unit, the stored column of its weight, and the source unit; for a fixed connection the
    /// source unit as counted within the channel.
    /// </param>
    internal void Visit(Action<int, int, int> visit)
    {
        foreach (GatherGroup group in GatherGroups)
        {
            for (int i = 0; i < group.Count; i++)
            {
                for (int j = 0; j < group.Columns; j++)
                {
                    int unit = Image.UnitAt(group.Pairs[2 * i] + group.Offsets[j]);
                    if (unit >= 0)
                        visit(group.Pairs[(2 * i) + 1], group.FirstColumn + j, unit);
                }
            }
        }
    }

    /// <summary>Weights in the order of a file, written out: targets × sources, row by row.</summary>
    internal float[] WriteOut(ReadOnlySpan<float> weights)
    {
        float[] held = [.. weights];
        int sources = (int)Source.Units;
        float[] all = new float[checked((int)Target.Units * sources)];
        for (int channel = 0; channel < Target.Channels; channel++)
        {
            int row = channel;
            Visit((position, column, unit) =>
            {
                int target = (row * Target.Positions) + position;
                int source = IsFixed ? (row * Source.Positions) + unit : unit;
                all[(target * sources) + source] = IsFixed ? FixedWeight : held[(row * FileColumnCount) + _fileColumns[column]];
            });
        }

        return all;
    }

    /// <summary>The weights of one unit, in the order of a file.</summary>
    internal float[] WeightsAt(PanelMatrix weights, int row, int position)
    {
        GatherGroup group = _groups.First(one => Enumerable.Range(0, one.Count).Any(i => one.Pairs[(2 * i) + 1] == position));
        return
        [
            .. Enumerable.Range(group.FirstColumn, group.Columns).OrderBy(column => _fileColumns[column])
                .Select(column => weights[row, column]),
        ];
    }

    /// <summary>Sums what is written out as targets × sources over the connections that have a weight in common.</summary>
    internal double[] Fold(double[] all)
    {
        int sources = (int)Source.Units;
        double[] sums = new double[IsFixed ? 0 : Target.Channels * FileColumnCount];
        for (int channel = 0; channel < (IsFixed ? 0 : Target.Channels); channel++)
        {
            int row = channel;
            Visit((position, column, unit) => sums[(row * FileColumnCount) + _fileColumns[column]]
                += all[(((row * Target.Positions) + position) * sources) + unit]);
        }

        return sums;
    }

    /// <summary>
    /// Adds the products of one term to weights in the order of a file: by plain loops, for those who measure updates.
    /// </summary>
    /// <typeparam name="T">Type of the sums.</typeparam>
    /// <param name="post">Units of whole channels.</param>
    /// <param name="pre">All sources.</param>
    /// <param name="sums">A row of <see cref="FileColumnCount"/> values for each of these channels.</param>
    internal void AddOuter<T>(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, Span<T> sums)
        where T : System.Numerics.INumber<T>
    {
        for (int channel = 0; !IsFixed && channel < post.Length / Target.Positions; channel++)
        {
            Span<T> row = sums.Slice(channel * FileColumnCount, FileColumnCount);
            ReadOnlySpan<float> units = post.Slice(channel * Target.Positions, Target.Positions);
            foreach (GatherGroup group in GatherGroups)
                AddOuter(group, units, pre, row);
        }
    }

    private void AddOuter<T>(GatherGroup group, ReadOnlySpan<float> units, ReadOnlySpan<float> pre, Span<T> row)
        where T : System.Numerics.INumber<T>
    {
        for (int i = 0; i < group.Count; i++)
        {
            T factor = T.CreateChecked(units[group.Pairs[(2 * i) + 1]]);
            for (int j = 0; factor != T.Zero && j < group.Columns; j++)
            {
                int unit = Image.UnitAt(group.Pairs[2 * i] + group.Offsets[j]);
                if (unit >= 0)
                    row[_fileColumns[group.FirstColumn + j]] += factor * T.CreateChecked(pre[unit]);
            }
        }
    }

    /// <summary>Weights of the other direction, in the order of a file, as this direction has them.</summary>
    /// <param name="other">As many weights as this direction has.</param>
    public float[] Mirror(ReadOnlySpan<float> other)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Length, Target.Channels * FileColumnCount);
        float[] mirrored = new float[other.Length];
        for (int i = 0; i < mirrored.Length; i++)
            mirrored[i] = other[(int)MirrorOf(i / FileColumnCount, i % FileColumnCount)];
        return mirrored;
    }

    private long CountConnections()
    {
        long count = 0;
        Visit((_, _, _) => count++);
        return count;
    }
}

/// <summary>How a file has the weights of a connection.</summary>
/// <param name="Windows">Windows with weights of their own: 1 where all have them in common.</param>
/// <param name="Area">Places of a window.</param>
/// <param name="FileColumns">The shape of the weights of one receiving channel.</param>
/// <param name="FixedWeight">The weight of a connection within a channel; 0 where weights learn.</param>
internal sealed record ConnectivityLayout(int Windows, int Area, int[] FileColumns, float FixedWeight = 0)
{
    internal bool SameChannel => FixedWeight != 0;
}
