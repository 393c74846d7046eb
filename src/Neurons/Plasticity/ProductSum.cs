using Nudge.Numerics;
using Nudge.State;

namespace Nudge.Plasticity;

/// <summary>
/// The sum at synapses that learn once, at the end of a phase, from one product of activities or from the difference of
/// two: ‖Σ a ⊗ x‖² = Σ (a·a′)(x·x′) over pairs of products, without any matrix.
/// </summary>
internal sealed class ProductSum(int units, int sources, int lanes) : StatisticSum
{
    private const int Most = 2;
    private readonly int _stride = PanelMatrix.Pad(units);
    private readonly float[] _post = new float[Most * lanes * PanelMatrix.Pad(units)];
    private readonly float[] _pre = new float[Most * lanes * sources];
    private int _products;

    /// <inheritdoc/>
    public override void Outer(ReadOnlySpan<float> post, ReadOnlySpan<float> pre, int terms)
    {
        post.CopyTo(_post.AsSpan(_products * lanes * _stride));
        pre.CopyTo(_pre.AsSpan(_products * lanes * sources));
        _products += terms / lanes;
    }

    internal override double Square(int lane)
    {
        double sum = 0;
        for (int a = 0; a < _products; a++)
        {
            for (int b = 0; b < _products; b++)
            {
                double posts = VectorKernels.Dot(Post(a, lane), Post(b, lane));
                sum += posts * VectorKernels.Dot(Pre(a, lane), Pre(b, lane));
            }
        }

        // Two products that almost cancel leave less than the rounding of each.
        return Math.Max(0, sum);
    }

    internal override void Clear() => _products = 0;

    /// <inheritdoc/>
    public override void Describe(StateSection state)
    {
        // It is empty between two phase ends, which is when a state may be saved.
        if (state.IsRestoring)
            _products = 0;
    }

    private ReadOnlySpan<float> Post(int product, int lane) =>
        _post.AsSpan(((product * lanes) + lane) * _stride, _stride);

    private ReadOnlySpan<float> Pre(int product, int lane) =>
        _pre.AsSpan(((product * lanes) + lane) * sources, sources);
}
