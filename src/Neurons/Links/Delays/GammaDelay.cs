using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Links;

/// <summary>Gamma with a coefficient of variation; its shape is 1 / cv².</summary>
public sealed record GammaDelay : DelaySettings
{
    /// <summary>Mean delay in τ.</summary>
    [Range(0, 1e6)]
    public required double Mean { get; init; }

    /// <summary>Coefficient of variation: standard deviation over mean.</summary>
    [Range(0, 100, MinimumIsExclusive = true)]
    public double Cv { get; init; } = 1;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Law.Instance;

    /// <inheritdoc/>
    public override double MeanDelay => Mean;

    /// <inheritdoc/>
    public override DelaySampler CreateSampler() => new GammaSampler(Mean, Cv);

    internal sealed class Law()
        : Definition("gamma", "Gamma with coefficient of variation cv (shape 1 / cv²).", typeof(GammaDelay))
    {
        internal static readonly Law Instance = new();
    }

    private sealed class GammaSampler(double mean, double cv) : DelaySampler
    {
        public override double Sample(RandomKey key, ulong draw) =>
            mean == 0 ? 0 : Variate(1 / (cv * cv), key, draw) * mean * cv * cv;

        /// <summary>One variate of scale 1 by rejection (Marsaglia and Tsang 2000); each attempt uses the next draw.</summary>
        private static double Variate(double shape, RandomKey key, ulong draw)
        {
            // Below shape 1: a variate of shape + 1 times u^(1/shape).
            double boost = shape < 1 ? Elementary.Pow(key.Draw(draw).First, 1 / shape) : 1;
            double d = (shape < 1 ? shape + 1 : shape) - (1.0 / 3);
            double c = 1 / Math.Sqrt(9 * d);
            while (true)
            {
                RandomBlock block = key.Draw(++draw);
                double x = Elementary.InverseNormal(block.First);
                double v = 1 + (c * x);
                if (v <= 0)
                    continue;
                v = v * v * v;
                if (Elementary.Log(block.Second) < (0.5 * x * x) + d - (d * v) + (d * Elementary.Log(v)))
                    return boost * d * v;
            }
        }
    }
}
