namespace Nudge.Numerics;

/// <summary>
/// Results that read their sources at places relative to an origin of their own, with the same weights: the positions of a
/// feature map under one filter, or one position of a locally connected one. A table; it holds no weights.
/// </summary>
/// <remarks>
/// Result p of a lane is <c>Σ_j W[·, FirstColumn + j] · x[origin_p + offset_j]</c>, x being the values of the lane. All places
/// are checked when the table is made, so that kernels need not check them.
/// </remarks>
public sealed class GatherGroup
{
    private readonly int[] _offsets;
    private readonly int[] _pairs;

    /// <summary>Makes a table.</summary>
    /// <param name="firstColumn">The first of the columns of the weights, which follow one another.</param>
    /// <param name="offsets">For each column, where its source lies relative to the origin.</param>
    /// <param name="origins">For each result, its origin in the values of a lane.</param>
    /// <param name="positions">For each result, its place among all results of a lane.</param>
    /// <param name="laneLength">Values of one lane.</param>
    /// <param name="positionCount">Results of one lane, those of other groups included.</param>
    /// <exception cref="ArgumentException">A place lies outside its lane.</exception>
    public GatherGroup(
        int firstColumn,
        IReadOnlyList<int> offsets,
        IReadOnlyList<int> origins,
        IReadOnlyList<int> positions,
        int laneLength,
        int positionCount)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        ArgumentNullException.ThrowIfNull(origins);
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentOutOfRangeException.ThrowIfNegative(firstColumn);
        ArgumentOutOfRangeException.ThrowIfLessThan(origins.Count, 1, nameof(origins));
        ArgumentOutOfRangeException.ThrowIfNotEqual(positions.Count, origins.Count, nameof(positions));
        (FirstColumn, LaneLength, PositionCount) = (firstColumn, laneLength, positionCount);
        _offsets = [.. offsets];
        _pairs = new int[2 * origins.Count];
        for (int i = 0; i < origins.Count; i++)
            (_pairs[2 * i], _pairs[(2 * i) + 1]) = (origins[i], positions[i]);
        bool inside = positions.All(position => position >= 0 && position < positionCount)
            && (_offsets.Length == 0
                || (origins.Min() + _offsets.Min() >= 0 && origins.Max() + (long)_offsets.Max() < laneLength));
        if (!inside)
            throw new ArgumentException("A place lies outside its lane.");
    }

    /// <summary>The first of the columns of the weights.</summary>
    public int FirstColumn { get; }

    /// <summary>Values of one lane.</summary>
    public int LaneLength { get; }

    /// <summary>Results of one lane, those of other groups included.</summary>
    public int PositionCount { get; }

    /// <summary>Columns of the weights.</summary>
    public int Columns => _offsets.Length;

    /// <summary>Results of this group in one lane.</summary>
    public int Count => _pairs.Length / 2;

    /// <summary>For each column, where its source lies relative to the origin.</summary>
    public ReadOnlySpan<int> Offsets => _offsets;

    /// <summary>For each result its origin, and its place among all results: two numbers each.</summary>
    public ReadOnlySpan<int> Pairs => _pairs;
}
