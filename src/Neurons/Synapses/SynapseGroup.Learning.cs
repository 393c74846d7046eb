using Nudge.Numerics;

namespace Nudge.Synapses;

/// <content>How weights change: at once, by a batch, or by an optimiser.</content>
public sealed partial class SynapseGroup
{
    /// <summary>Takes every update in the place of the weights, or null.</summary>
    internal IUpdateSink? Sink { get; set; }

    /// <summary>Sees every update and changes nothing, or null.</summary>
    internal IUpdateSink? Witness { get; set; }

    /// <summary>The rate that the last update had folded in: 1 where an optimiser applies the rate itself.</summary>
    internal float FoldedRate => _adam is null ? Rate.Last : 1;

    /// <summary>Makes weights that were read or turned such as can be stored, without counting an update.</summary>
    internal void RoundFirst() => _grid?.Begin(Weights.Storage);

    /// <summary>W ← keep·W + Σ_lane post ⊗ received.</summary>
    /// <param name="post">lanes × padded units, every factor folded in.</param>
    public void LearnFromReceived(ReadOnlySpan<float> post)
    {
        if (IsDiverted(post, _received, _lanes))
            return;
        if (_listsNonZero && Keep == 1 && _adam is null)
        {
            ListNonZero();
            MatrixKernels.AddOuterSparse(_sum ?? Weights, post, _columns.AsSpan(0, _nonZero), _values.AsSpan(0, _nonZero));
            WeightsChange(stored: _sum is null);
        }
        else
        {
            Apply(post, _received, _lanes, decays: true);
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

    /// <summary>W ← keep·W + rate·Σ_lane U, for an update that is no product.</summary>
    /// <param name="updates">U of each lane, units × sources.</param>
    /// <param name="rate">Factor on all of them.</param>
    /// <exception cref="NotSupportedException">The projection has windows, or an optimiser.</exception>
    public void LearnEach(ReadOnlySpan<PanelMatrix> updates, float rate)
    {
        if (_windows is not null || _adam is not null)
            throw new NotSupportedException("An update of each weight by itself needs a dense projection without an optimiser.");
        RequireOwnWeights();
        for (int lane = 0; lane < updates.Length; lane++)
        {
            Witness?.Each(updates[lane], rate, lane);
            Sink?.Each(updates[lane], rate, lane);
        }

        if (Sink is not null)
            return;
        PanelMatrix into = _sum ?? Weights;
        if (_sum is null && Keep != 1)
            VectorKernels.Scale(into.Storage, Keep);
        foreach (PanelMatrix update in updates)
            VectorKernels.AddScaled(update.Storage, rate, into.Storage);
        WeightsChange(stored: _sum is null);
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
        WeightsChange(stored: true);
    }

    private bool IsDiverted(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms)
    {
        RequireOwnWeights();
        // Fixed weights have no update to see or to divert.
        if (!Projection.Settings.Connect.Learns)
            return true;
        Witness?.Outer(post, pre, terms);
        Sink?.Outer(post, pre, terms);
        return Sink is not null;
    }

    private void RequireOwnWeights()
    {
        if (_borrows)
            throw new InvalidOperationException("Synapses that read the weights of others do not learn.");
    }

    private void Apply(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms, bool decays)
    {
        if (_windows is not null)
            ApplyToWindows(_windows, post, pre, terms, decays);
        else if (_adam is not null)
            _adam.Learn(Weights, post, pre, terms, Keep);
        else if (_sum is null)
            MatrixKernels.AddOuter(Weights, post, pre, terms, decays ? Keep : 1);
        else
            MatrixKernels.AddOuter(_sum, post, pre, terms);
        WeightsChange(stored: _sum is null);
    }

    private void ApplyToWindows(
        WindowProducts windows, ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms, bool decays)
    {
        if (_gradient is not null)
        {
            _gradient.Storage.Clear();
            windows.AddOuter(_gradient, post, pre, terms, 1);
            _adam!.Learn(Weights.Storage, _gradient.Storage, Keep);
        }
        else if (_sum is null)
        {
            windows.AddOuter(Weights, post, pre, terms, decays ? Keep : 1);
        }
        else
        {
            windows.AddOuter(_sum, post, pre, terms, 1);
        }
    }

    // What is still being summed is not stored.
    private void WeightsChange(bool stored)
    {
        _weightsChanged = true;
        if (stored)
            _grid?.Round(Weights.Storage);
        if (!Projection.IsWithin)
            return;
        // A unit is not coupled to itself.
        for (int unit = 0; unit < Weights.Rows; unit++)
            Weights[unit, unit] = 0;
    }
}
