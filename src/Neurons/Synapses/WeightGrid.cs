using System.ComponentModel.DataAnnotations;
using Nudge.Numerics;
using Nudge.Randomness;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Synapses;

/// <summary>How a weight that was changed becomes one that can be stored.</summary>
public enum WeightRounding
{
    /// <summary>Up or down by chance, so that the mean is the exact weight (Gupta et al. 2015).</summary>
    Stochastic,

    /// <summary>To the nearest; an update of less than half a step is lost.</summary>
    Nearest,
}

/// <summary>How precisely synapses store their weights.</summary>
public sealed record WeightSettings
{
    /// <summary>
    /// Bits of a stored weight, its sign among them: 2^bits evenly spaced values, of which one is 0. Biases keep single precision.
    /// By default weights have it too.
    /// </summary>
    [Range(2, 16)]
    public int? Bits { get; init; }

    /// <summary>
    /// Stored weights are within ±range, a power of two; without <c>bits</c> it means nothing. The step between two of them is
    /// 2·range / 2^bits, and the greatest one a step below the range.
    /// </summary>
    [Range(1.0 / 1024, 1024)]
    public double Range { get; init; } = 2;

    /// <summary>How an exact weight becomes a stored one, after every update.</summary>
    public WeightRounding Rounding { get; init; } = WeightRounding.Stochastic;

    /// <summary>Whether the range is one that makes rounding exact.</summary>
    public bool RangeIsPowerOfTwo => double.IsPow2(Range);
}

/// <summary>
/// The values that the synapses of one slice can store (theory §5). Draws are keyed by the synapses and the number of their
/// update, so that engines, loops and nodes round alike; the two copies of a projection draw each for itself.
/// </summary>
internal sealed class WeightGrid : IStateful
{
    private readonly RandomKey _key;
    private readonly bool _byChance;
    private readonly float _step;
    private readonly float _least;
    private readonly float _most;
    private long _updates;

    private WeightGrid(WeightSettings settings, int bits, RandomKey key)
    {
        _key = key;
        _byChance = settings.Rounding == WeightRounding.Stochastic;
        _step = (float)Math.ScaleB(settings.Range, 1 - bits);
        _least = (float)-settings.Range;
        _most = (float)settings.Range - _step;
    }

    /// <summary>The grid of a slice's synapses, or null where weights have single precision.</summary>
    internal static WeightGrid? For(SynapseContext context, ProjectionPlan projection, SlicePlan target) =>
        context.Weights is not { Bits: int bits } settings
            ? null
            : new(settings, bits, new(context.Seed, RandomPurpose.WeightRounding, ((ulong)projection.Index << 24) | (uint)target.First));

    /// <summary>Rounds first weights, which are drawn or read: always to the nearest.</summary>
    internal void Begin(Span<float> weights) => VectorKernels.RoundToNearest(weights, _step, _least, _most);

    /// <summary>Rounds what an update has left.</summary>
    internal void Round(Span<float> weights)
    {
        if (_byChance)
            VectorKernels.RoundByChance(_key, (ulong)_updates * (((ulong)weights.Length + 3) / 4), weights, _step, _least, _most);
        else
            VectorKernels.RoundToNearest(weights, _step, _least, _most);
        _updates++;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state) => state.Item(1, ref _updates);
}
