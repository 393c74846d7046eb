namespace Nudge.Hosting;

/// <summary>Asks a node's door on its own machine how many slices it hosts; answered by <see cref="HostedCount"/>.</summary>
internal sealed record CountHosted;

/// <summary>How many slices a node hosts.</summary>
/// <param name="Slices">Slices of all runs.</param>
internal sealed record HostedCount(int Slices);
