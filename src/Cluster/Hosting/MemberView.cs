using Akka.Cluster;

namespace Nudge.Hosting;

/// <summary>A member of the cluster as one node sees it.</summary>
/// <param name="Place">Where it listens.</param>
/// <param name="Roles">What it is there for.</param>
/// <param name="Status">How far it has joined or left.</param>
/// <param name="Reachable">Whether it is heard from.</param>
public sealed record MemberView(string Place, IReadOnlyList<string> Roles, string Status, bool Reachable)
{
    internal static IReadOnlyList<MemberView> Of(ClusterEvent.CurrentClusterState state) =>
    [
        .. state.Members.OrderBy(member => Workers.Name(member.Address), StringComparer.Ordinal).Select(member => new MemberView(
            Workers.Name(member.Address),
            [.. member.Roles.Order(StringComparer.Ordinal)],
            $"{member.Status}",
            !state.Unreachable.Contains(member))),
    ];
}
