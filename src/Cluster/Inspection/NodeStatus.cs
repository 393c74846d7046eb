using Nudge.Hosting;

namespace Nudge.Inspection;

/// <summary>What a node says of itself to whoever asks.</summary>
/// <param name="Place">Where it listens.</param>
/// <param name="Members">The members of the cluster as it sees them.</param>
/// <param name="Runs">What it hosts.</param>
internal sealed record NodeStatus(string Place, IReadOnlyList<MemberView> Members, IReadOnlyList<RunStatus> Runs);
