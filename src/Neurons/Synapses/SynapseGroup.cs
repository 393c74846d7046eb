using Nudge.Numerics;
using Nudge.Topology;

namespace Nudge.Synapses;

/// <summary>
/// The synapses of one directed projection on the units of one slice: the weights, what was last received through them,
/// and the current that follows from both. A synapse is kept where its target is (theory §5).
/// </summary>
public sealed partial class SynapseGroup
{
    // Below this many synapses a whole product costs less than finding out what changed.
    private const int WorthDifferencing = 16_384;

    // Below this many sources a whole product costs less than listing those that are not zero.
    private const int WorthListing = 64;

    private readonly int _lanes;
    private readonly float[] _received;
    private readonly float[] _current;
    private readonly float[]? _represented;
    private readonly int[] _columns;
    private readonly float[] _values;
    private readonly bool _listsNonZero;
    private readonly WindowProducts? _windows;
    private readonly PanelMatrix? _sum;
    private readonly AdamMoments? _adam;
    private readonly PanelMatrix? _gradient;
    private readonly WeightGrid? _grid;
    private readonly bool _borrows;
    private int _nonZero;
    private long _listedVersion = -1;
    private long _representedVersion = -1;
    private bool _weightsChanged = true;

    /// <summary>Makes the synapses with the weights that they begin with.</summary>
    /// <param name="context">What the synapses of the network have in common.</param>
    /// <param name="projection">The direction.</param>
    /// <param name="target">The slice that owns the synapses.</param>
    /// <param name="lender">
    /// The synapses whose weights these read, as those of a copy that only answers do; null for weights of their own.
    /// </param>
    internal SynapseGroup(
        SynapseContext context, ProjectionPlan projection, SlicePlan target, SynapseGroup? lender = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(projection);
        ArgumentNullException.ThrowIfNull(target);
        Projection = projection;
        _lanes = context.Lanes;
        _borrows = lender is not null;
        Weights = lender?.Weights ?? FirstWeights(context, projection, target);
        _grid = _borrows || !projection.Settings.Connect.Learns ? null : WeightGrid.For(context, projection, target);
        _grid?.Begin(Weights.Storage);
        Connectivity? table = projection.Connectivity;
        _windows = table is null ? null : new(table, _lanes, target);
        Rate = new(projection.Settings.LearningRate * context.RateFactor, projection.Settings.Schedule, context.ExpectedUpdates);
        Keep = 1 - (float)(projection.Settings.Decay ?? context.Decay);
        _received = new float[_lanes * projection.Source.Size];
        _current = new float[_lanes * PanelMatrix.Pad(target.Count)];
        _columns = new int[projection.Source.Size];
        _values = new float[projection.Source.Size];
        _listsNonZero = table is null && _lanes == 1 && (IsFromInput || (context.ActivityIsOftenZero && projection.Source.Size >= WorthListing));
        // Judged by the whole population, so that every cut of it takes the same path to the same bits.
        bool large = table is null && (long)projection.Source.Size * projection.Target.Size >= WorthDifferencing;
        bool learns = projection.Settings.Connect.Learns && !_borrows;
        _sum = context.Batch > 1 && learns ? new(Weights.Rows, Weights.Columns) : null;
        _adam = learns ? AdamMoments.For(context.Optimiser, Weights.Rows, Weights.Columns) : null;
        _gradient = _adam is not null && table is not null ? new(Weights.Rows, Weights.Columns) : null;
        _represented = _lanes == 1 && large && !_listsNonZero ? new float[_received.Length] : null;
    }

    /// <summary>The direction that the synapses belong to.</summary>
    public ProjectionPlan Projection { get; }

    /// <summary>Whether the source is the input population, whose activity stands still within a phase.</summary>
    public bool IsFromInput => Projection.Source.Role == PopulationRole.Input && Projection.Reverse < 0;

    /// <summary>
    /// The weights that are stored: in a dense projection units × sources; with windows a row for each channel, whose columns the
    /// <see cref="Connectivity"/> of the projection explains.
    /// </summary>
    public PanelMatrix Weights { get; }

    /// <summary>The connection's learning rate.</summary>
    public LearningRate Rate { get; }

    /// <summary>Share of each weight that stays at an update: 1 − decay.</summary>
    public float Keep { get; }

    /// <summary>The last activity that arrived, lanes × sources. What was lost leaves the last value in place.</summary>
    public ReadOnlySpan<float> Received => _received;

    /// <summary>Grows whenever <see cref="Received"/> changes.</summary>
    public long ReceivedVersion { get; private set; }

    /// <summary>The current W·received as of the last <see cref="RefreshCurrent"/>, lanes × padded units.</summary>
    public ReadOnlySpan<float> Current => _current;

    /// <summary>Grows whenever <see cref="Current"/> is summed again.</summary>
    public long CurrentVersion { get; private set; }

    /// <summary>Takes in the activity of a range of sources.</summary>
    /// <param name="first">First source.</param>
    /// <param name="count">Number of sources.</param>
    /// <param name="activity">lanes × <paramref name="count"/>.</param>
    internal void Store(int first, int count, ReadOnlySpan<float> activity)
    {
        bool changed = false;
        for (int lane = 0; lane < _lanes; lane++)
        {
            Span<float> cache = _received.AsSpan((lane * Projection.Source.Size) + first, count);
            changed |= VectorKernels.CopyDetect(activity.Slice(lane * count, count), cache);
        }

        if (changed)
            ReceivedVersion++;
    }

    /// <summary>Brings <see cref="Current"/> up to date, by the cheapest way that is open.</summary>
    public void RefreshCurrent()
    {
        if (!_weightsChanged && _representedVersion == ReceivedVersion)
            return;
        if (_windows is not null)
            _windows.Multiply(Weights, _received, _current);
        else if (_listsNonZero)
            SumNonZero();
        else if (_represented is null)
            MatrixKernels.Multiply(Weights, _received, _current, _lanes);
        else
            SumChanges();
        _weightsChanged = false;
        _representedVersion = ReceivedVersion;
        CurrentVersion++;
    }

    /// <summary>The current of other activity than what was received, leaving <see cref="Current"/> as it is.</summary>
    /// <param name="received">lanes × sources.</param>
    /// <param name="current">lanes × padded units.</param>
    internal void Multiply(ReadOnlySpan<float> received, Span<float> current)
    {
        if (_windows is null)
            MatrixKernels.Multiply(Weights, received, current, _lanes);
        else
            _windows.Multiply(Weights, received, current);
    }

    /// <summary>
    /// The weights of one unit, one for each source; with windows those of its window, sending channels × kernel × kernel; none where
    /// weights are fixed.
    /// </summary>
    /// <param name="unit">Counted within the slice.</param>
    public float[] WeightsOf(int unit)
    {
        if (Projection.Connectivity is { } table)
            return table.IsFixed ? [] : table.WeightsAt(Weights, unit / table.Target.Positions, unit % table.Target.Positions);
        float[] row = new float[Weights.Columns];
        for (int source = 0; source < row.Length; source++)
            row[source] = Weights[unit, source];
        return row;
    }

    /// <summary>Turns the sign of some weights.</summary>
    /// <param name="turns">Whether the weight of a row and a column of <see cref="Weights"/> is turned.</param>
    internal void TurnSigns(Func<int, int, bool> turns)
    {
        for (int row = 0; row < Weights.Rows; row++)
        {
            for (int column = 0; column < Weights.Columns; column++)
            {
                if (turns(row, column))
                    Weights[row, column] = -Weights[row, column];
            }
        }

        // The least weight that can be stored has no opposite.
        RoundFirst();
        _weightsChanged = true;
    }

    private static PanelMatrix FirstWeights(SynapseContext context, ProjectionPlan projection, SlicePlan target)
    {
        PanelMatrix weights = projection.Connectivity is { } table
            ? WindowProducts.Blank(table, target)
            : new(target.Count, projection.Source.Size);
        WeightInitialiser.Fill(context.Seed, projection, target, weights);
        return weights;
    }

    private void ListNonZero()
    {
        if (_listedVersion == ReceivedVersion)
            return;
        _nonZero = VectorKernels.ListNonZero(_received, _columns, _values);
        _listedVersion = ReceivedVersion;
    }

    private void SumNonZero()
    {
        ListNonZero();
        if (_nonZero * 2 < _received.Length)
            MatrixKernels.MultiplySparse(Weights, _columns.AsSpan(0, _nonZero), _values.AsSpan(0, _nonZero), _current);
        else
            MatrixKernels.Multiply(Weights, _received, _current, 1);
    }

    private void SumChanges()
    {
        int changed = VectorKernels.CopyChanged(_received, _represented, _columns, _values);
        if (_weightsChanged || changed * 2 >= _received.Length)
            MatrixKernels.Multiply(Weights, _received, _current, 1);
        else
            MatrixKernels.AddSparse(Weights, _columns.AsSpan(0, changed), _values.AsSpan(0, changed), _current);
    }
}
