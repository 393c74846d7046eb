using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Links;

/// <summary>Exponential: what is left of a delay does not depend on how long it has lasted.</summary>
public sealed record ExponentialDelay : DelaySettings
{
    /// <summary>Mean delay in τ.</summary>
    [Range(0, 1e6)]
    public required double Mean { get; init; }

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Law.Instance;

    /// <inheritdoc/>
    public override double MeanDelay => Mean;

    /// <inheritdoc/>
    public override DelaySampler CreateSampler() => new ExponentialSampler(Mean);

    internal sealed class Law()
        : Definition("exponential", "Exponential, with coefficient of variation 1.", typeof(ExponentialDelay))
    {
        internal static readonly Law Instance = new();
    }

    private sealed class ExponentialSampler(double mean) : DelaySampler
    {
        public override double Sample(RandomKey key, ulong draw) =>
            mean == 0 ? 0 : -mean * Elementary.Log(key.Draw(draw).First);
    }
}
