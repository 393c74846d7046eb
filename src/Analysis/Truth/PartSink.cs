using Nudge.Numerics;
using Nudge.Synapses;

namespace Nudge.Truth;

/// <summary>Sums what one slice learns in one phase at one of its projections, or at its biases.</summary>
/// <param name="series">Where whole phases go.</param>
/// <param name="first">The slice's first unit.</param>
/// <param name="rows">Its units.</param>
/// <param name="sources">Sources of each unit; 1 for biases.</param>
/// <param name="within">Whether the sources are the very units, which are not coupled to themselves.</param>
internal sealed class PartSink(UpdateSeries series, int first, int rows, int sources, bool within) : IUpdateSink
{
    private readonly double[] _update = new double[rows * sources];
    private bool _learned;

    /// <inheritdoc/>
    public void Outer(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms) => Take(post, pre, terms);

    /// <inheritdoc/>
    public void Bias(ReadOnlySpan<float> post) => Take(post, [], post.Length / PanelMatrix.Pad(rows));

    private void Take(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms)
    {
        int stride = post.Length / terms;
        for (int term = 0; term < terms; term++)
        {
            for (int row = 0; row < rows; row++)
            {
                double factor = post[(term * stride) + row];
                if (factor == 0)
                    continue;
                if (pre.IsEmpty)
                    _update[row] += factor;
                else
                    Add(row, factor, pre.Slice(term * sources, sources));
            }
        }

        _learned = true;
    }

    /// <summary>Ends the slice's phase.</summary>
    internal void Flush(int block, float importance)
    {
        if (!_learned)
            return;
        if (block != PhaseBlocks.Uncounted)
            series.Add(block, first * sources, _update, importance);
        Array.Clear(_update);
        _learned = false;
    }

    private void Add(int row, double factor, ReadOnlySpan<float> pre)
    {
        Span<double> update = _update.AsSpan(row * sources, sources);
        for (int column = 0; column < pre.Length; column++)
            update[column] += factor * pre[column];
        if (within)
            update[first + row] = 0;
    }
}
