using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Security;

namespace Nudge.Inspection;

/// <summary>Asks the nodes of a cluster what they host, without becoming one of them.</summary>
public sealed class ClusterInspector : IAsyncDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    private readonly HostPort _place;
    private readonly ActorSystem _system;

    private ClusterInspector(HostPort place, ActorSystem system)
    {
        _place = place;
        _system = system;
    }

    /// <summary>Prepares to ask a node; nothing is sent yet.</summary>
    /// <param name="place">The node, written as it writes itself.</param>
    /// <param name="tls">By what nodes know each other, or null.</param>
    /// <exception cref="NodeException">There is no way to it.</exception>
    /// <exception cref="TlsException">A certificate cannot be used.</exception>
    public static async Task<ClusterInspector> OpenAsync(HostPort place, TlsSettings? tls)
    {
        ArgumentNullException.ThrowIfNull(place);
        var settings = new NodeSettings { Host = await OwnAddressAsync(place), Role = NodeSettings.Coordinator, Tls = tls };
        return new(place, Node.Outside(settings));
    }

    /// <summary>Asks the node, and then all workers that it sees.</summary>
    /// <exception cref="NodeException">It does not answer.</exception>
    public async Task<ClusterStatus> AskAsync()
    {
        NodeStatus first = await AnswerAsync(_place) ?? throw new NodeException(
            $"no node answers at {_place} within {AnswerTimeout.TotalSeconds:0} s: no worker is there, or its port "
            + "is closed, or it knows itself by another --host, or one of you has TLS and the other has not");
        HostPort[] others = [.. first.Members.Where(IsUpWorker).Select(PlaceOf).OfType<HostPort>()
            .Where(other => other.ToString() != first.Place)];
        NodeStatus?[] answers = await Task.WhenAll(others.Select(AnswerAsync));
        string[] silent = [.. others.Where((_, i) => answers[i] is null).Select(other => other.ToString())];
        return ClusterStatus.Of(first, [first, .. answers.OfType<NodeStatus>()], silent);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _system.Terminate();

    private static bool IsUpWorker(MemberView member) =>
        member.Status == nameof(MemberStatus.Up) && member.Roles.Contains(NodeSettings.Worker);

    private static HostPort? PlaceOf(MemberView member) =>
        HostPort.TryParse(member.Place, out HostPort? place) ? place : null;

    private async Task<NodeStatus?> AnswerAsync(HostPort place)
    {
        Address own = ((ExtendedActorSystem)_system).Provider.DefaultAddress;
        try
        {
            return await Workers.NodeEndpoint(_system, own.WithHost(place.Host).WithPort(place.Port))
                .Ask<NodeStatus>(new AskStatus(), AnswerTimeout);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    /// <summary>The address under which this machine reaches another, for its answers come back there.</summary>
    private static async Task<string> OwnAddressAsync(HostPort place)
    {
        try
        {
            // Connecting a datagram socket sends nothing; it only picks the way.
            IPAddress address = (await Dns.GetHostAddressesAsync(place.Host))[0];
            using var probe = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await probe.ConnectAsync(address, place.Port);
            return ((IPEndPoint)probe.LocalEndPoint!).Address.ToString();
        }
        catch (SocketException error)
        {
            throw new NodeException($"there is no way to {place}: {error.Message}", error);
        }
    }
}
