using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Links;

/// <summary>Log-normal with a coefficient of variation.</summary>
public sealed record LogNormalDelay : DelaySettings
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
    public override DelaySampler CreateSampler() => new LogNormalSampler(Mean, Cv);

    internal sealed class Law()
        : Definition("log-normal", "Log-normal with coefficient of variation cv.", typeof(LogNormalDelay))
    {
        internal static readonly Law Instance = new();
    }

    private sealed class LogNormalSampler : DelaySampler
    {
        private readonly bool _isZero;
        private readonly double _location;
        private readonly double _sigma;

        internal LogNormalSampler(double mean, double cv)
        {
            double variance = Elementary.Log(1 + (cv * cv));
            _sigma = Math.Sqrt(variance);
            _isZero = mean == 0;
            _location = _isZero ? 0 : Elementary.Log(mean) - (variance / 2);
        }

        public override double Sample(RandomKey key, ulong draw) =>
            _isZero ? 0 : Elementary.Exp(_location + (_sigma * Elementary.InverseNormal(key.Draw(draw).First)));
    }
}
