namespace Nudge.Oracles;

/// <summary>Means of a Boltzmann machine's local statistics, or their difference between two phases.</summary>
/// <param name="Products">⟨h v⟩: hidden × visible, row by row.</param>
/// <param name="Hidden">⟨h⟩.</param>
/// <param name="Visible">⟨v⟩.</param>
/// <param name="HiddenProducts">⟨h h⟩ of an SBM: hidden × hidden with a zero diagonal; none in an RBM.</param>
public sealed record BoltzmannStatistics(
    IReadOnlyList<double> Products,
    IReadOnlyList<double> Hidden,
    IReadOnlyList<double> Visible,
    IReadOnlyList<double>? HiddenProducts)
{
    /// <summary>A factor times the difference from other statistics of the same machine.</summary>
    internal BoltzmannStatistics Minus(BoltzmannStatistics other, double factor) => new(
        Difference(Products, other.Products, factor),
        Difference(Hidden, other.Hidden, factor),
        Difference(Visible, other.Visible, factor),
        HiddenProducts is null ? null : Difference(HiddenProducts, other.HiddenProducts!, factor));

    private static double[] Difference(IReadOnlyList<double> a, IReadOnlyList<double> b, double factor) =>
        [.. a.Zip(b, (x, y) => factor * (x - y))];
}
