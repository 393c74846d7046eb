namespace Nudge.Reproductions;

/// <summary>What others measured in the place of an arm: a value a seed, or one published number.</summary>
/// <param name="Values">The values.</param>
/// <param name="Source">Where they come from, for people.</param>
public sealed record ReferenceValues(IReadOnlyList<double> Values, string Source)
{
    /// <summary>Nothing to compare with.</summary>
    public static ReferenceValues None { get; } = new([], "");
}
