using Nudge.Messages;

namespace Nudge.Hosting;

/// <summary>Within a node: give up all slices and answer <see cref="Retired"/>.</summary>
internal sealed record Retire;

/// <summary>Within a node: nothing is hosted here any more.</summary>
internal sealed record Retired;

/// <summary>Asks the endpoint of a local node how many slices it hosts; answer: <see cref="HostedCount"/>.</summary>
internal sealed record CountHosted;

/// <summary>How many slices a node hosts.</summary>
/// <param name="Slices">Slices of all runs.</param>
internal sealed record HostedCount(int Slices);

/// <summary>Within a node: asks a manager what it keeps; answered by <see cref="RunStatus"/>.</summary>
internal sealed record AskRunStatus;
