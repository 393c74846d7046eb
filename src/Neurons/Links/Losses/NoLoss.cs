using Nudge.Catalogue;

namespace Nudge.Links;

/// <summary>Nothing is lost.</summary>
public sealed record NoLoss : LossSettings
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Law.Instance;

    /// <inheritdoc/>
    public override double MeanLoss => 0;

    /// <inheritdoc/>
    public override LossSampler? CreateSampler() => null;

    internal sealed class Law()
        : Definition("none", "Nothing is lost.", typeof(NoLoss))
    {
        internal static readonly Law Instance = new();
    }
}
