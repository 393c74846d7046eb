using Nudge.Catalogue;
using Nudge.Randomness;

namespace Nudge.Links;

/// <summary>A message arrives after the shortest delay that time resolves: one tick.</summary>
public sealed record NoDelay : DelaySettings
{
    private static readonly DelaySampler Sampler = new ZeroSampler();

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Law.Instance;

    /// <inheritdoc/>
    public override double MeanDelay => 0;

    /// <inheritdoc/>
    public override DelaySampler CreateSampler() => Sampler;

    internal sealed class Law()
        : Definition("none", "A message arrives after one tick, the shortest delay.", typeof(NoDelay))
    {
        internal static readonly Law Instance = new();
    }

    private sealed class ZeroSampler : DelaySampler
    {
        public override double Sample(RandomKey key, ulong draw) => 0;
    }
}
