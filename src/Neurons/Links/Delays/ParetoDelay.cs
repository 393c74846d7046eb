using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Links;

/// <summary>Pareto: heavy-tailed, and for a tail index of at most 2 without a variance.</summary>
public sealed record ParetoDelay : DelaySettings
{
    /// <summary>Mean delay in τ.</summary>
    [Range(0, 1e6)]
    public required double Mean { get; init; }

    /// <summary>Tail index.</summary>
    [Range(1, 100, MinimumIsExclusive = true)]
    public double Shape { get; init; } = 2.5;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Law.Instance;

    /// <inheritdoc/>
    public override double MeanDelay => Mean;

    /// <inheritdoc/>
    public override DelaySampler CreateSampler() => new ParetoSampler(Mean, Shape);

    internal sealed class Law()
        : Definition(
            "pareto",
            "Pareto with tail index shape: heavy-tailed, and for shape ≤ 2 without a variance.",
            typeof(ParetoDelay))
    {
        internal static readonly Law Instance = new();
    }

    private sealed class ParetoSampler(double mean, double shape) : DelaySampler
    {
        private readonly double _location = mean * (shape - 1) / shape;
        private readonly double _inversePower = -1 / shape;

        public override double Sample(RandomKey key, ulong draw) =>
            mean == 0 ? 0 : _location * Elementary.Pow(key.Draw(draw).First, _inversePower);
    }
}
