using System.Net.Sockets;
using Akka.Actor;
using Nudge.Actors;
using Nudge.Actors.Loops;
using Nudge.Cluster.Tests.Security;
using Nudge.Cluster.Tests.Wire;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Transport;

namespace Nudge.Cluster.Tests.Transport;

/// <summary>Two nodes of one process, with actors that answer each other over a data connection.</summary>
public sealed class DataPathTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Messages_between_nodes_go_by_a_data_connection_and_go_on_after_it_was_reset()
    {
        await using Node first = Start();
        await first.JoinAsync(CancellationToken.None);
        await using Node second = Start(first.Place);
        await second.JoinAsync(CancellationToken.None);
        (DataPath here, DataPath there) = (DataPath.Of(first.System), DataPath.Of(second.System));
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef asker = Make(first, () => new Asker(20_000, done));
        IActorRef answerer = Make(second, () => new Answerer());
        IActorRef toAnswerer = here.Resolve(PathOf(answerer, second));
        there.Resolve(PathOf(asker, first));

        asker.Tell(toAnswerer);
        using var timeout = new CancellationTokenSource(Within);
        while (here.SentCount < 2000)
            await Task.Delay(10, timeout.Token);
        here.CloseAll("test");
        await done.Task.WaitAsync(Within);

        Assert.True(here.Resets > 0);
        Assert.True(here.SentCount > 15_000, $"{here.SentCount} by data connections");
        Assert.True(there.SentCount > 0);
    }

    [Fact]
    public async Task Who_does_not_know_the_token_is_cut_off()
    {
        await using Node node = Start();
        await node.JoinAsync(CancellationToken.None);
        DataPort port = DataPath.Of(node.System).Port();
        foreach (byte[] token in new[] { new byte[32], port.Token.ToArray() })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(node.Place.Host, port.Port);
            // With the right token, it still names no member of the cluster.
            byte[] name = "akka.tcp://nudge@127.0.0.1:1"u8.ToArray();
            await client.GetStream().WriteAsync((byte[])[.. "NUDGE-D1"u8, .. token, 0, (byte)name.Length, .. name]);
            Assert.Equal(0, await ReadAsync(client).WaitAsync(Within));
        }
    }

    [Fact]
    public async Task A_cluster_with_certificates_has_no_data_connections()
    {
        using var certificates = new Certificates();
        await using Node node = Node.Start(new() { Tls = certificates.Node(), Role = NodeSettings.Coordinator, DataConnections = true }, source: null);
        Assert.False(DataPath.Of(node.System).IsEnabled);
    }

    private static async Task<int> ReadAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static Node Start(params HostPort[] seeds) =>
        Node.Start(new() { Role = NodeSettings.Coordinator, Seeds = seeds, DataConnections = true }, source: null);

    private static IActorRef Make<T>(Node node, System.Linq.Expressions.Expression<Func<T>> make)
        where T : ActorBase
    {
        IActorRef actor = node.System.ActorOf(Props.Create(make).WithDispatcher(LoopDispatcher.Name));
        DataPath.Of(node.System).Register(actor);
        return actor;
    }

    private static string PathOf(IActorRef actor, Node node) =>
        actor.Path.ToSerializationFormatWithAddress(node.Membership.SelfAddress);

    /// <summary>Asks again whenever it is answered; what a reset loses, it asks again after a while.</summary>
    private sealed class Asker : ReceiveActor, IWithTimers
    {
        private IActorRef _answerer = ActorRefs.Nobody;
        private int _answers;

        public Asker(int most, TaskCompletionSource done)
        {
            Receive<IActorRef>(answerer =>
            {
                _answerer = answerer;
                Timers.StartPeriodicTimer("again", KeepAlive.Instance, TimeSpan.FromMilliseconds(50));
                Ask();
            });
            Receive<KeepAlive>(_ => Ask());
            Receive<Pace>(_ =>
            {
                if (++_answers == most)
                    done.SetResult();
                else
                    Ask();
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        private void Ask() => _answerer.Tell(SampleMessages.Activity(10));
    }

    private sealed class Answerer : ReceiveActor
    {
        public Answerer() => Receive<ActivityMessage>(_ => Sender.Tell(Pace.Instance));
    }
}
