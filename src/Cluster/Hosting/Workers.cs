using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Nudge.Messages;

namespace Nudge.Hosting;

/// <summary>The nodes that host slices, as the coordinator's node sees them.</summary>
internal static class Workers
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    internal static string Name(Address address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");

    /// <summary>The members of a cluster, in the order of their names.</summary>
    internal static IReadOnlyList<MemberView> MembersOf(ClusterEvent.CurrentClusterState state) =>
    [
        .. state.Members.OrderBy(member => Name(member.Address), StringComparer.Ordinal).Select(member => new MemberView(
            Name(member.Address),
            [.. member.Roles.Order(StringComparer.Ordinal)],
            $"{member.Status}",
            !state.Unreachable.Contains(member))),
    ];

    /// <summary>Waits until so many are up; in an order that does not depend on who asks.</summary>
    /// <exception cref="NodeException">They are not, in time.</exception>
    internal static async Task<Address[]> UpAsync(Node node, int atLeast, LocalNodes local)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout);
        while (true)
        {
            Address[] up = Up(node);
            if (up.Length >= atLeast)
                return up;
            if (timeout.IsCancellationRequested || local.AnyEnded)
                throw new NodeException($"{up.Length} of {atLeast} nodes are up\n{local.Log}".TrimEnd());
            await Task.Delay(PollInterval, CancellationToken.None);
        }
    }

    /// <summary>What each of them can do.</summary>
    /// <exception cref="NodeException">One of them uses another version of the protocol.</exception>
    internal static async Task<IReadOnlyList<NodeHello>> HelloAsync(Node node, Address[] workers)
    {
        NodeHello[] hellos = await Task.WhenAll(
            workers.Select(worker => NodeEndpoint(node.System, worker).Ask<NodeHello>(new AskNode(), AnswerTimeout)));
        if (Array.Find(hellos, hello => hello.Protocol != NodeActor.Protocol) is { } other)
            throw new NodeException($"a node uses protocol {other.Protocol}, this program {NodeActor.Protocol}");
        return hellos;
    }

    /// <summary>What those that are up by now and answer report of themselves.</summary>
    internal static async Task<IReadOnlyList<(string Name, NodeHello Hello)>> SayAsync(Node node)
    {
        var answers = new List<(string, NodeHello)>();
        foreach (Address worker in Up(node))
        {
            try
            {
                ActorSelection endpoint = NodeEndpoint(node.System, worker);
                answers.Add((Name(worker), await endpoint.Ask<NodeHello>(new AskNode(), AnswerWithin)));
            }
            catch (AskTimeoutException)
            {
                // It is being lost; the run does not end with it.
            }
        }

        return answers;
    }

    private static Address[] Up(Node node) =>
    [
        .. node.Membership.State.Members
            .Where(member => member.Status == MemberStatus.Up && member.HasRole(NodeSettings.Worker))
            .Select(member => member.Address)
            .OrderBy(Name, StringComparer.Ordinal),
    ];

    /// <summary>The endpoint of a node.</summary>
    internal static ActorSelection NodeEndpoint(ActorSystem system, Address worker) =>
        system.ActorSelection(new RootActorPath(worker) / "user" / NodeActor.Name);
}
