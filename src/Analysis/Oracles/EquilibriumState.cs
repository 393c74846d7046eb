namespace Nudge.Oracles;

/// <summary>Where a network of leaky populations comes to rest.</summary>
/// <param name="States">s for each population, in the order of their numbers; the input's is its stimulus.</param>
/// <param name="Activities">ρ(s) for each population.</param>
/// <param name="Residual">
/// The largest |ds/dt| left, per τ: below 1e−12 unless the network does not come to rest.
/// </param>
public sealed record EquilibriumState(
    IReadOnlyList<double[]> States, IReadOnlyList<double[]> Activities, double Residual);
