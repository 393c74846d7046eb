using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Links;
using Nudge.Randomness;

namespace OwnRule;

/// <summary>A delay law: a share of the messages arrives at once, the others are late by one fixed time.</summary>
public sealed record TwoPointDelay : DelaySettings
{
    /// <summary>Share of the messages that are late.</summary>
    [Range(0, 1)]
    public double Share { get; init; } = 0.5;

    /// <summary>Delay of a late message, in τ.</summary>
    [Range(0, 1e6)]
    public double Late { get; init; } = 1;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Law.Instance;

    /// <inheritdoc/>
    public override double MeanDelay => Share * Late;

    /// <inheritdoc/>
    public override DelaySampler CreateSampler() => new Sampler(Share, Late);

    internal sealed class Law() : Definition("two-point", "At once, or late by a fixed time.", typeof(TwoPointDelay))
    {
        internal static readonly Law Instance = new();
    }

    private sealed class Sampler(double share, double late) : DelaySampler
    {
        // A function of the key and the number of the draw: the same message has the same delay on every engine.
        public override double Sample(RandomKey key, ulong draw) => key.Draw(draw).First < share ? late : 0;
    }
}
