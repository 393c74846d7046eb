using Nudge.Checkpointing;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Populations;

namespace Nudge.Projections;

/// <summary>
/// The synapses of one directed projection on the units of one slice: the weights, what was last heard through them, and
/// the current that follows from both. A synapse lives where its target lives (theory §5).
/// </summary>
public sealed class SynapseGroup
{
    // Below this many synapses a whole product costs less than finding out what changed.
    private const int WorthDifferencing = 16_384;

    // Below this many sources a whole product costs less than listing those that are not silent.
    private const int WorthListing = 64;

    private readonly int _lanes;
    private readonly float[] _heard;
    private readonly float[] _current;
    private readonly float[]? _represented;
    private readonly int[] _columns;
    private readonly float[] _values;
    private readonly bool _listsNonZero;
    private readonly PanelMatrix? _sum;
    private readonly AdamMoments? _adam;
    private int _nonZero;
    private long _listedVersion = -1;
    private long _representedVersion = -1;
    private bool _weightsChanged = true;

    /// <summary>Makes the synapses with the weights that they begin with.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="projection">The direction.</param>
    /// <param name="target">The slice that owns the synapses.</param>
    internal SynapseGroup(NetworkPlan plan, ProjectionPlan projection, SlicePlan target)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(projection);
        ArgumentNullException.ThrowIfNull(target);
        Projection = projection;
        _lanes = plan.Settings.Lanes;
        Weights = new PanelMatrix(target.Count, projection.Source.Size);
        WeightInitialiser.Fill(plan.Settings.Seed, projection, target, Weights);
        Rate = new(projection.Settings.Rate, projection.Settings.Schedule, plan.ExpectedUpdates);
        Keep = 1 - (float)(projection.Settings.Decay ?? plan.Settings.Learning.Decay);
        _heard = new float[_lanes * projection.Source.Size];
        _current = new float[_lanes * Weights.PaddedRows];
        _columns = new int[projection.Source.Size];
        _values = new float[projection.Source.Size];
        _listsNonZero = _lanes == 1 && (IsFromInput || IsOftenSilent(plan.Settings.Model.Kind));
        // Judged by the whole population, so that every cut of it takes the same path to the same bits.
        bool large = (long)projection.Source.Size * projection.Target.Size >= WorthDifferencing;
        _sum = plan.Settings.Learning.Batch > 1 ? new(target.Count, projection.Source.Size) : null;
        _adam = AdamMoments.For(plan.Settings.Learning.Optimiser, target.Count, projection.Source.Size);
        _represented = _lanes == 1 && large && !_listsNonZero ? new float[_heard.Length] : null;
    }

    /// <summary>The direction that the synapses belong to.</summary>
    public ProjectionPlan Projection { get; }

    /// <summary>Whether the source is the input population, whose activity stands still within a phase.</summary>
    public bool IsFromInput => Projection.Source.Role == PopulationRole.Input && Projection.Reverse < 0;

    /// <summary>units × sources.</summary>
    public PanelMatrix Weights { get; }

    /// <summary>The connection's learning rate.</summary>
    public LearningRate Rate { get; }

    /// <summary>Share of each weight that stays at an update: 1 − decay.</summary>
    public float Keep { get; }

    /// <summary>The last activity that arrived, lanes × sources. What was lost leaves the last value in place.</summary>
    public ReadOnlySpan<float> Heard => _heard;

    /// <summary>Grows whenever <see cref="Heard"/> changes.</summary>
    public long HeardVersion { get; private set; }

    /// <summary>The current W·heard as of the last <see cref="RefreshCurrent"/>, lanes × padded units.</summary>
    public ReadOnlySpan<float> Current => _current;

    /// <summary>Grows whenever <see cref="Current"/> is summed anew.</summary>
    public long CurrentVersion { get; private set; }

    /// <summary>Takes every update in the place of the weights, or null.</summary>
    internal IUpdateSink? Sink { get; set; }

    /// <summary>Sees every update and changes nothing, or null.</summary>
    internal IUpdateSink? Witness { get; set; }

    /// <summary>The rate that the last update had folded in: 1 where an optimiser applies the rate itself.</summary>
    internal float FoldedRate => _adam is null ? Rate.Last : 1;

    /// <summary>Takes in the activity of a range of sources.</summary>
    /// <param name="first">First source.</param>
    /// <param name="count">Number of sources.</param>
    /// <param name="activity">lanes × <paramref name="count"/>.</param>
    internal void Store(int first, int count, ReadOnlySpan<float> activity)
    {
        bool changed = false;
        for (int lane = 0; lane < _lanes; lane++)
        {
            Span<float> cache = _heard.AsSpan((lane * Projection.Source.Size) + first, count);
            changed |= VectorKernels.CopyDetect(activity.Slice(lane * count, count), cache);
        }

        if (changed)
            HeardVersion++;
    }

    /// <summary>Brings <see cref="Current"/> up to date, by the cheapest way that is open.</summary>
    public void RefreshCurrent()
    {
        if (!_weightsChanged && _representedVersion == HeardVersion)
            return;
        if (_listsNonZero)
            SumNonZero();
        else if (_represented is null)
            MatrixKernels.Multiply(Weights, _heard, _current, _lanes);
        else
            SumChanges();
        _weightsChanged = false;
        _representedVersion = HeardVersion;
        CurrentVersion++;
    }

    /// <summary>W ← keep·W + Σ_lane post ⊗ heard.</summary>
    /// <param name="post">lanes × padded units, every factor folded in.</param>
    public void LearnFromHeard(ReadOnlySpan<float> post)
    {
        if (IsDiverted(post, _heard, _lanes))
            return;
        if (_listsNonZero && Keep == 1 && _adam is null)
        {
            ListNonZero();
            MatrixKernels.AddOuterSparse(_sum ?? Weights, post, _columns.AsSpan(0, _nonZero), _values.AsSpan(0, _nonZero));
            WeightsChange();
        }
        else
        {
            Apply(post, _heard, _lanes, decays: true);
        }
    }

    /// <summary>W ← W + Σ_lane post ⊗ pre, for statistics of another moment or relative to a mean.</summary>
    /// <param name="post">lanes × padded units, every factor folded in.</param>
    /// <param name="pre">lanes × sources.</param>
    /// <param name="decays">Whether the weights decay by it as by any update.</param>
    public void LearnFrom(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, bool decays = false)
    {
        if (!IsDiverted(post, pre, _lanes))
            Apply(post, pre, _lanes, decays);
    }

    /// <summary>W ← keep·W + Σ_term post ⊗ pre, for a sum of more terms than there are lanes.</summary>
    /// <param name="post">terms × padded units, every factor folded in.</param>
    /// <param name="pre">terms × sources.</param>
    /// <param name="terms">Number of terms.</param>
    public void LearnFrom(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms)
    {
        if (!IsDiverted(post, pre, terms))
            Apply(post, pre, terms, decays: true);
    }

    /// <summary>
    /// Counts one update and gives the rate to fold into it; with an optimiser the rate comes last, and this gives 1.
    /// </summary>
    public float NextRate() => _adam?.Begin(Rate.Next()) ?? Rate.Next();

    /// <summary>Applies the updates that were summed since the last time; of no effect where each is applied at once.</summary>
    public void ApplyBatch()
    {
        if (_sum is null)
            return;
        if (Keep != 1)
            VectorKernels.Scale(Weights.Storage, Keep);
        VectorKernels.Add(_sum.Storage, Weights.Storage);
        _sum.Storage.Clear();
        WeightsChange();
    }

    /// <summary>Writes weights, what was heard, and the current that was summed from it.</summary>
    internal void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteFloats(Weights.Storage);
        if (_sum is not null)
            writer.WriteFloats(_sum.Storage);
        _adam?.Save(writer);
        writer.WriteFloats(_heard);
        writer.WriteFloats(_current);
        writer.Write(_represented is not null);
        if (_represented is not null)
            writer.WriteFloats(_represented);
        writer.Write(HeardVersion);
        writer.Write(_representedVersion);
        writer.Write(_weightsChanged);
        Rate.Save(writer);
    }

    /// <summary>Reads back what <see cref="Save"/> wrote.</summary>
    internal void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.ReadFloats(Weights.Storage);
        if (_sum is not null)
            reader.ReadFloats(_sum.Storage);
        _adam?.Restore(reader);
        reader.ReadFloats(_heard);
        reader.ReadFloats(_current);
        if (reader.ReadBoolean())
            reader.ReadFloats(_represented);
        HeardVersion = reader.ReadInt64();
        _representedVersion = reader.ReadInt64();
        _weightsChanged = reader.ReadBoolean();
        _listedVersion = -1;
        Rate.Restore(reader);
    }

    private bool IsDiverted(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms)
    {
        Witness?.Outer(post, pre, terms);
        Sink?.Outer(post, pre, terms);
        return Sink is not null;
    }

    private void Apply(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms, bool decays)
    {
        if (_adam is not null)
            _adam.Learn(Weights, post, pre, terms, Keep);
        else if (_sum is null)
            MatrixKernels.AddOuter(Weights, post, pre, terms, decays ? Keep : 1);
        else
            MatrixKernels.AddOuter(_sum, post, pre, terms);
        WeightsChange();
    }

    // Samples are 0 most of the time, and so are rectified units.
    private bool IsOftenSilent(ModelKind model) =>
        model is ModelKind.BoltzmannMachine or ModelKind.ForwardForward && Projection.Source.Size >= WorthListing;

    private void WeightsChange()
    {
        _weightsChanged = true;
        if (!Projection.IsWithin)
            return;
        // A unit is not coupled to itself.
        for (int unit = 0; unit < Weights.Rows; unit++)
            Weights[unit, unit] = 0;
    }

    private void ListNonZero()
    {
        if (_listedVersion == HeardVersion)
            return;
        _nonZero = VectorKernels.ListNonZero(_heard, _columns, _values);
        _listedVersion = HeardVersion;
    }

    private void SumNonZero()
    {
        ListNonZero();
        if (_nonZero * 2 < _heard.Length)
            MatrixKernels.MultiplySparse(Weights, _columns.AsSpan(0, _nonZero), _values.AsSpan(0, _nonZero), _current);
        else
            MatrixKernels.Multiply(Weights, _heard, _current, 1);
    }

    private void SumChanges()
    {
        int changed = VectorKernels.CopyChanged(_heard, _represented, _columns, _values);
        if (_weightsChanged || changed * 2 >= _heard.Length)
            MatrixKernels.Multiply(Weights, _heard, _current, 1);
        else
            MatrixKernels.AddSparse(Weights, _columns.AsSpan(0, changed), _values.AsSpan(0, changed), _current);
    }
}
