namespace Nudge.Hosting;

/// <summary>How a node is and what it sees.</summary>
/// <param name="Self">Where it listens.</param>
/// <param name="Ready">Whether it is up in the cluster.</param>
/// <param name="HostedSlices">Slices that it hosts, of all runs.</param>
/// <param name="Members">The members of the cluster as it sees them.</param>
internal sealed record HealthReport(string Self, bool Ready, int HostedSlices, IReadOnlyList<MemberView> Members);
