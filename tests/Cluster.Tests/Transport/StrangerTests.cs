using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Akka.Actor;
using Nudge.Cluster.Tests.Security;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Security;
using Nudge.Transport;

namespace Nudge.Cluster.Tests.Transport;

/// <summary>Who reaches the data port and is no peer.</summary>
public sealed class StrangerTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_sends_nothing_is_closed_after_a_while(bool encrypted)
    {
        using var certificates = new Certificates();
        await using Node node = Start(encrypted ? certificates.Coordinator() : null);
        using var client = new TcpClient("127.0.0.1", DataPath.Of(node.System).Port().Port);
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, await ReadAsync(client.GetStream()).WaitAsync(Within));
        Assert.InRange(watch.Elapsed.TotalSeconds, 3, 15);
    }

    [Fact]
    public async Task A_thousand_who_send_nothing_do_not_keep_a_peer_out()
    {
        using var certificates = new Certificates();
        await using Node first = Start(certificates.Coordinator());
        await first.JoinAsync(CancellationToken.None);
        await using Node second = Start(certificates.Coordinator(), first.Place);
        await second.JoinAsync(CancellationToken.None);
        var idle = new List<TcpClient>();
        try
        {
            for (int i = 0; i < 500; i++)
            {
                foreach (Node node in new[] { first, second })
                    idle.Add(new("127.0.0.1", DataPath.Of(node.System).Port().Port));
            }

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            // Whichever of the two has the smaller address connects.
            DataPath.Of(first.System).Resolve($"{new RootActorPath(second.Membership.SelfAddress) / "user" / "x"}");
            DataPath.Of(second.System).Resolve($"{new RootActorPath(first.Membership.SelfAddress) / "user" / "x"}");
            while (DataPath.Of(first.System).Peers.All(peer => peer.Connection is null))
            {
                await Task.Delay(10, limit.Token);
            }
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }

    [Theory]
    [InlineData(CertificateKind.Coordinator, "elsewhere.example", "does not name 127.0.0.1")]
    [InlineData(CertificateKind.Node, "127.0.0.1", "takes part as a coordinator with the certificate of a node")]
    public async Task Who_knows_the_token_but_has_not_the_certificate_of_the_member_that_it_names_is_cut_off(
        CertificateKind kind, string host, string reason)
    {
        using var certificates = new Certificates();
        await using var node = Node.Start(new() { Tls = certificates.Node() }, source: null);
        await node.JoinAsync(CancellationToken.None);
        await using Node coordinator = Start(certificates.Coordinator(), node.Place);
        await coordinator.JoinAsync(CancellationToken.None);
        DataPort port = DataPath.Of(node.System).Port();
        Task refused = Refusal.Awaited(node.System, reason);
        using X509Certificate2 own = certificates.Certificate(1, kind, host);
        using X509Certificate2 usable = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pfx), null);
        using var client = new TcpClient("127.0.0.1", port.Port);
        await using var tls = new SslStream(client.GetStream(), false, (_, shown, _, _) => shown is not null);
        await tls.AuthenticateAsClientAsync("127.0.0.1", [usable], checkCertificateRevocation: false);
        byte[] name = Encoding.UTF8.GetBytes($"{coordinator.Membership.SelfAddress}");
        await tls.WriteAsync((byte[])[.. "NUDGE-D2"u8, .. port.Token.Span, .. new byte[32], 0, (byte)name.Length, .. name]);
        await refused;
        Assert.Equal(0, await ReadAsync(tls).WaitAsync(Within));
    }

    [Fact]
    public async Task The_token_is_not_given_to_who_is_no_member()
    {
        await using Node node = Start(null);
        await node.JoinAsync(CancellationToken.None);
        using ActorSystem outside = Node.Outside(new());
        await Assert.ThrowsAsync<AskTimeoutException>(() => outside
            .ActorSelection(new RootActorPath(node.Membership.SelfAddress) / "user" / DataPath.ActorName)
            .Ask<DataPort>(new AskDataPort(), TimeSpan.FromSeconds(2)));
    }

    private static async Task<int> ReadAsync(Stream stream)
    {
        try
        {
            return await stream.ReadAsync(new byte[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static Node Start(TlsSettings? tls, params HostPort[] seeds) =>
        Node.Start(new() { Role = NodeSettings.Coordinator, Seeds = seeds, Tls = tls }, source: null);
}
