using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;

namespace Nudge.Links;

/// <summary>Each message is lost on its own.</summary>
public sealed record IndependentLoss : LossSettings
{
    /// <summary>Share of messages lost.</summary>
    [Range(0, 1)]
    public required double Rate { get; init; }

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Law.Instance;

    /// <inheritdoc/>
    public override double MeanLoss => Rate;

    /// <inheritdoc/>
    public override LossSampler CreateSampler() => new IndependentSampler(Rate);

    internal sealed class Law()
        : Definition("independent", "Each message is lost on its own.", typeof(IndependentLoss))
    {
        internal static readonly Law Instance = new();
    }

    private sealed class IndependentSampler(double rate) : LossSampler
    {
        public override bool Lose(double uniform) => uniform < rate;
    }
}
