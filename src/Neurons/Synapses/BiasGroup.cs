using Nudge.Numerics;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Synapses;

/// <summary>
/// The biases of the units of one slice, learned like synapses from a source that is always 1. Units that follow one another may
/// have one in common, as those of a feature map do; it learns the sum of what its units saw. Units that are sampled in two ways have
/// a bias for each.
/// </summary>
public sealed class BiasGroup : IStateful
{
    private readonly float[] _values;
    private readonly float[] _own;
    private readonly float[] _seen;
    private readonly int _unitsPerBias;
    private readonly int _units;
    private readonly float[]? _sum;
    private readonly float[] _gradient;
    private readonly AdamMoments? _adam;
    private readonly bool _borrows;

    /// <summary>Makes biases of zero.</summary>
    /// <param name="context">What the synapses of the network have in common.</param>
    /// <param name="units">Number of units.</param>
    /// <param name="rate">Initial learning rate; 0 for units without biases that learn.</param>
    /// <param name="schedule">How the rate changes.</param>
    /// <param name="lender">The biases that these read, as those of a copy that only answers do; null for their own.</param>
    /// <param name="unitsPerBias">Units that follow one another and have one bias in common; a divisor of the units.</param>
    /// <param name="perUnit">Biases of each unit; 1 where units have one in common.</param>
    internal BiasGroup(
        SynapseContext context,
        int units,
        double rate,
        RateSchedule schedule,
        BiasGroup? lender = null,
        int unitsPerBias = 1,
        int perUnit = 1)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(schedule);
        if (unitsPerBias > 1 && perUnit > 1)
            throw new ArgumentException("Units that share a bias have one.", nameof(perUnit));
        _borrows = lender is not null;
        _units = units;
        _values = lender?._values ?? new float[perUnit * PanelMatrix.Pad(units)];
        _unitsPerBias = unitsPerBias;
        PerUnit = perUnit;
        Count = units / unitsPerBias * perUnit;
        bool plain = unitsPerBias == 1 && perUnit == 1;
        _own = plain ? _values : lender?._own ?? new float[PanelMatrix.Pad(Count)];
        _seen = new float[plain ? 0 : _values.Length];
        Rate = new(rate * context.RateFactor, schedule, context.ExpectedUpdates);
        _sum = context.Batch > 1 && !_borrows ? new float[_own.Length] : null;
        _adam = _borrows ? null : AdamMoments.For(context.Optimiser, Count, 1);
        _gradient = new float[_adam is null ? 0 : _own.Length];
        IsPresent = rate > 0;
    }

    /// <summary>Whether these units have biases that learn.</summary>
    public bool IsPresent { get; }

    /// <summary>b, one value per unit, padded with zeros; where units have several, one such row after another.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Biases of each unit.</summary>
    public int PerUnit { get; }

    /// <summary>Number of biases: that of units, of groups of units that have one in common, or of units times the biases of each.</summary>
    public int Count { get; }

    /// <summary>The biases, each once; those of one unit side by side.</summary>
    public ReadOnlySpan<float> Own => _own.AsSpan(0, Count);

    /// <summary>The biases' learning rate.</summary>
    public LearningRate Rate { get; }

    /// <summary>Takes every update in the place of the biases, or null.</summary>
    internal IUpdateSink? Sink { get; set; }

    /// <summary>Sees every update and changes nothing, or null.</summary>
    internal IUpdateSink? Witness { get; set; }

    /// <summary>The rate that the last update had folded in: 1 where an optimiser applies the rate itself.</summary>
    internal float FoldedRate => _adam is null ? Rate.Last : 1;

    /// <summary>Grows whenever the biases may have changed.</summary>
    public long Version { get; private set; }

    /// <summary>
    /// Counts one update and gives the rate to fold into it; with an optimiser the rate comes last, and this gives 1.
    /// </summary>
    public float NextRate() => _adam?.Begin(Rate.Next()) ?? Rate.Next();

    /// <summary>Sets the biases, as tests and imported networks do.</summary>
    /// <param name="values">One value for each of <see cref="Own"/>.</param>
    internal void Set(ReadOnlySpan<float> values)
    {
        values.CopyTo(_own);
        Spread();
        Version++;
    }

    /// <summary>b ← b + Σ_lane post.</summary>
    /// <param name="post">lanes × <see cref="Values"/>, every factor folded in.</param>
    public void Learn(ReadOnlySpan<float> post)
    {
        if (_borrows)
            throw new InvalidOperationException("Units that read the biases of others do not learn.");
        Witness?.Bias(post);
        Sink?.Bias(post);
        if (Sink is not null)
            return;
        Span<float> into = _adam is null ? _sum ?? _own : _gradient;
        if (_adam is not null)
            into.Clear();
        if (_seen.Length > 0)
            AddInOrder(post, into);
        for (int lane = 0; _seen.Length == 0 && lane < post.Length; lane += _values.Length)
            VectorKernels.Add(post.Slice(lane, _values.Length), into);
        _adam?.Learn(_own, into);
        Spread();
        Version++;
    }

    /// <summary>Applies the updates that were summed since the last time; of no effect where each is applied at once.</summary>
    public void ApplyBatch()
    {
        if (_sum is null)
            return;
        VectorKernels.Add(_sum, _own);
        Array.Clear(_sum);
        Spread();
        Version++;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Floats(1, _own);
        if (_sum is not null)
            state.Floats(2, _sum);
        if (_adam is not null)
            state.Section(3, "adam", _adam);
        state.Section(4, "rate", Rate);
        if (!state.IsRestoring)
            return;
        Spread();
        Version++;
    }

    // From the order of the units' values to that of the biases.
    private void AddInOrder(ReadOnlySpan<float> post, Span<float> into)
    {
        Array.Clear(_seen);
        for (int lane = 0; lane < post.Length; lane += _values.Length)
            VectorKernels.Add(post.Slice(lane, _values.Length), _seen);
        for (int i = 0; PerUnit > 1 && i < Count; i++)
            into[i] += _seen[PlaceOf(i)];
        for (int i = 0; PerUnit == 1 && i < Count; i++)
        {
            float sum = 0;
            foreach (float value in _seen.AsSpan(i * _unitsPerBias, _unitsPerBias))
                sum += value;
            into[i] += sum;
        }
    }

    private void Spread()
    {
        for (int i = 0; _unitsPerBias > 1 && i < Count; i++)
            _values.AsSpan(i * _unitsPerBias, _unitsPerBias).Fill(_own[i]);
        for (int i = 0; PerUnit > 1 && i < Count; i++)
            _values[PlaceOf(i)] = _own[i];
    }

    private int PlaceOf(int bias) => (bias % PerUnit * PanelMatrix.Pad(_units)) + (bias / PerUnit);
}
