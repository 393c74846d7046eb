using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Randomness;

namespace Nudge.Links;

/// <summary>Uniform on [mean − spread, mean + spread].</summary>
public sealed record UniformDelay : DelaySettings
{
    /// <summary>Mean delay in τ.</summary>
    [Range(0, 1e6)]
    public required double Mean { get; init; }

    /// <summary>Half-width of the law in τ; at most the mean.</summary>
    [Range(0, 1e6)]
    public double Spread { get; init; }

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Law.Instance;

    /// <inheritdoc/>
    public override double MeanDelay => Mean;

    /// <inheritdoc/>
    public override DelaySampler CreateSampler() => new UniformSampler(Mean, Spread);

    /// <inheritdoc/>
    public override void Check(string path, IFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (Spread > Mean)
        {
            findings.Error(
                $"{path}.spread", $"{Spread} would make some delays negative; expected at most the mean, {Mean}");
        }
    }

    internal sealed class Law()
        : Definition("uniform", "Uniform on [mean − spread, mean + spread].", typeof(UniformDelay))
    {
        internal static readonly Law Instance = new();
    }

    private sealed class UniformSampler(double mean, double spread) : DelaySampler
    {
        public override double Sample(RandomKey key, ulong draw) =>
            mean == 0 ? 0 : mean + (spread * ((2 * key.Draw(draw).First) - 1));
    }
}
