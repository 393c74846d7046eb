namespace Nudge.Synapses;

/// <summary>
/// What a plasticity rule sees of the synapses of one projection on its units (theory §5): it can read what arrived and apply
/// an update, and nothing else. It is kept on the stack, so that no rule can keep it.
/// </summary>
public readonly ref struct SynapseView
{
    internal SynapseView(SynapseGroup group) => Group = group;

    /// <summary>The last activity that arrived, lanes × sources. What was lost leaves the last value in place.</summary>
    public ReadOnlySpan<float> Received => Group.Received;

    /// <summary>Grows whenever <see cref="Received"/> changes.</summary>
    public long ReceivedVersion => Group.ReceivedVersion;

    /// <summary>Number of sources.</summary>
    public int Sources => Group.Projection.Source.Size;

    /// <summary>Whether the source is the input population, whose activity stands still within a phase.</summary>
    public bool IsFromInput => Group.IsFromInput;

    /// <summary>Which of the values that each source sends arrives here, from 0.</summary>
    public int Channel => Group.Projection.Channel;

    /// <summary>Whether the synapses couple the units of one population with each other.</summary>
    public bool IsWithin => Group.Projection.IsWithin;

    /// <summary>The synapses themselves, for the parts of the simulator that measure or batch updates.</summary>
    internal SynapseGroup Group { get; }

    /// <summary>The current that the synapses give to their units, W·received: lanes × padded units.</summary>
    public ReadOnlySpan<float> Current()
    {
        Group.RefreshCurrent();
        return Group.Current;
    }

    /// <summary>
    /// Counts one update and gives the rate to fold into it; with an optimiser the rate comes last, and this gives 1.
    /// </summary>
    public float NextRate() => Group.NextRate();

    /// <summary>W ← keep·W + Σ_lane post ⊗ received.</summary>
    /// <param name="post">lanes × padded units, every factor folded in.</param>
    public void Learn(ReadOnlySpan<float> post) => Group.LearnFromReceived(post);

    /// <summary>W ← W + Σ_lane post ⊗ pre, for statistics of another moment or relative to a mean.</summary>
    /// <param name="post">lanes × padded units, every factor folded in.</param>
    /// <param name="pre">lanes × sources.</param>
    /// <param name="decays">Whether the weights decay by it as by any update.</param>
    public void Learn(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, bool decays = false) =>
        Group.LearnFrom(post, pre, decays);

    /// <summary>W ← keep·W + Σ_term post ⊗ pre, for a sum of more terms than there are lanes.</summary>
    /// <param name="post">terms × padded units, every factor folded in.</param>
    /// <param name="pre">terms × sources.</param>
    /// <param name="terms">Number of terms.</param>
    public void Learn(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms) => Group.LearnFrom(post, pre, terms);

    /// <summary>W ← keep·W + rate·Σ_lane U, for an update that is no product; only in projections without windows.</summary>
    /// <param name="updates">U of each lane, units × sources.</param>
    /// <param name="rate">Factor on all of them.</param>
    public void Learn(ReadOnlySpan<Numerics.PanelMatrix> updates, float rate) => Group.LearnEach(updates, rate);
}

/// <summary>The synapses of all projections that arrive at a slice; those within its population come last.</summary>
public readonly ref struct SynapseViews
{
    internal SynapseViews(ReadOnlySpan<SynapseGroup> groups) => Groups = groups;

    /// <summary>Number of projections.</summary>
    public int Length => Groups.Length;

    /// <summary>The synapses themselves, for audits.</summary>
    internal ReadOnlySpan<SynapseGroup> Groups { get; }

    /// <summary>The synapses of one projection.</summary>
    /// <param name="index">From 0, in the order of the projections.</param>
    public SynapseView this[int index] => new(Groups[index]);

    /// <summary>Visits all projections.</summary>
    public Enumerator GetEnumerator() => new(Groups);

    /// <summary>Visits the projections one after the other.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<SynapseGroup> _groups;
        private int _index;

        internal Enumerator(ReadOnlySpan<SynapseGroup> groups)
        {
            _groups = groups;
            _index = -1;
        }

        /// <summary>The synapses of the present projection.</summary>
        public readonly SynapseView Current => new(_groups[_index]);

        /// <summary>Goes on to the next projection.</summary>
        public bool MoveNext() => ++_index < _groups.Length;
    }
}

/// <summary>
/// What a plasticity rule sees of the biases of its units. It is kept on the stack, so that no rule can keep it.
/// </summary>
public readonly ref struct BiasView
{
    internal BiasView(BiasGroup group) => Group = group;

    /// <summary>Whether these units have biases that learn.</summary>
    public bool IsPresent => Group.IsPresent;

    /// <summary>b, one value per unit, padded with zeros; where units have several, one such row after another.</summary>
    public ReadOnlySpan<float> Values => Group.Values;

    /// <summary>Biases of each unit: rows of <see cref="Values"/>.</summary>
    public int PerUnit => Group.PerUnit;

    /// <summary>The biases themselves, for the parts of the simulator that measure or batch updates.</summary>
    internal BiasGroup Group { get; }

    /// <summary>Counts one update and gives the rate to fold into it; with an optimiser this gives 1.</summary>
    public float NextRate() => Group.NextRate();

    /// <summary>b ← b + Σ_lane post.</summary>
    /// <param name="post">lanes × <see cref="Values"/>, every factor folded in.</param>
    public void Learn(ReadOnlySpan<float> post) => Group.Learn(post);
}
