using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Randomness;

namespace Nudge.Links;

/// <summary>Every message takes the same time.</summary>
public sealed record ConstantDelay : DelaySettings
{
    /// <summary>The delay in τ.</summary>
    [Range(0, 1e6)]
    public required double Mean { get; init; }

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Law.Instance;

    /// <inheritdoc/>
    public override double MeanDelay => Mean;

    /// <inheritdoc/>
    public override DelaySampler CreateSampler() => new ConstantSampler(Mean);

    internal sealed class Law()
        : Definition("constant", "Every message takes the same time.", typeof(ConstantDelay))
    {
        internal static readonly Law Instance = new();
    }

    private sealed class ConstantSampler(double mean) : DelaySampler
    {
        public override double Sample(RandomKey key, ulong draw) => mean;
    }
}
