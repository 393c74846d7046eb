using Nudge.Messages;

namespace Nudge.Inspection;

/// <summary>What the nodes of a cluster report, put together.</summary>
/// <param name="Members">The members as the node sees them that was asked first.</param>
/// <param name="Runs">Runs and who hosts what.</param>
/// <param name="Silent">Nodes that are up and did not answer.</param>
public sealed record ClusterStatus(
    IReadOnlyList<MemberView> Members, IReadOnlyList<RunStatus> Runs, IReadOnlyList<string> Silent)
{
    internal static ClusterStatus Of(NodeStatus first, IReadOnlyList<NodeStatus> all, IReadOnlyList<string> silent) => new(
        first.Members,
        [
            .. all.SelectMany(node => node.Runs.Select(run => (node.Place, Run: run)))
                .GroupBy(hosted => hosted.Run.Run)
                .OrderBy(run => run.Key, StringComparer.Ordinal)
                .Select(run => new RunStatus(
                    run.Key,
                    run.First().Run.Coordinator,
                    [
                        .. run.SelectMany(hosted => hosted.Run.Slices.Select(slice => slice with { Node = hosted.Place }))
                            .OrderBy(slice => slice.Slice)
                            .ThenBy(slice => slice.Incarnation),
                    ])),
        ],
        silent);
}
