using System.Globalization;
using Akka.Actor;
using Akka.Cluster;

namespace Nudge.Hosting;

/// <summary>The nodes that host slices, as the coordinator's node sees them.</summary>
internal static class Workers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    internal static string Name(Address address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");

    /// <summary>Waits until so many are up; in an order that does not depend on who asks.</summary>
    /// <exception cref="NodeException">They are not, in time.</exception>
    internal static async Task<Address[]> UpAsync(Node node, int atLeast, LocalNodes local)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Address[] up =
            [
                .. node.Membership.State.Members
                    .Where(member => member.Status == MemberStatus.Up && member.HasRole(NodeSettings.Worker))
                    .Select(member => member.Address)
                    .OrderBy(Name, StringComparer.Ordinal),
            ];
            if (up.Length >= atLeast)
                return up;
            if (patience.IsCancellationRequested || local.AnyEnded)
                throw new NodeException($"{up.Length} of {atLeast} nodes are up\n{local.Log}".TrimEnd());
            await Task.Delay(Glance, CancellationToken.None);
        }
    }

    /// <summary>The longest message that all of them take.</summary>
    /// <exception cref="NodeException">One of them speaks another version of the protocol.</exception>
    internal static async Task<int> SmallestFrameAsync(Node node, Address[] workers)
    {
        NodeHello[] hellos = await Task.WhenAll(
            workers.Select(worker => Door(node, worker).Ask<NodeHello>(new AskNode(), Patience)));
        if (Array.Find(hellos, hello => hello.Protocol != NodeActor.Protocol) is { } other)
            throw new NodeException($"a node speaks protocol {other.Protocol}, this program {NodeActor.Protocol}");
        return hellos.Min(hello => hello.FrameBytes);
    }

    /// <summary>Has one of them create slices.</summary>
    /// <exception cref="NodeException">It did not.</exception>
    internal static async Task<Hosted> HostAsync(Node node, Address worker, HostSlices order)
    {
        object answer = await Door(node, worker).Ask<object>(order, Patience);
        if (answer is Hosted hosted && hosted.Paths.Count == order.Slices.Count)
            return hosted;
        string reason = answer is HostRefused refused ? refused.Reason : "an unknown answer";
        throw new NodeException($"node {Name(worker)} hosts nothing: {reason}");
    }

    private static ActorSelection Door(Node node, Address worker) =>
        node.System.ActorSelection(new RootActorPath(worker) / "user" / NodeActor.Name);
}
