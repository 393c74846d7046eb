using System.Net.Sockets;
using Akka.Actor;
using Nudge.Actors;
using Nudge.Actors.Loops;
using Nudge.Cluster.Tests.Security;
using Nudge.Cluster.Tests.Wire;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Security;
using Nudge.Transport;

namespace Nudge.Cluster.Tests.Transport;

/// <summary>Two nodes of one process, with actors that answer each other over a data connection.</summary>
public sealed class DataPathTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_between_nodes_go_by_a_data_connection_alone_and_go_on_after_it_was_reset(bool encrypted)
    {
        using var certificates = new Certificates();
        await using Node first = Start(encrypted ? certificates.Coordinator() : null);
        await first.JoinAsync(CancellationToken.None);
        await using Node second = Start(encrypted ? certificates.Coordinator() : null, first.Place);
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
        // Every question and every answer.
        Assert.True(here.SentCount >= 20_000, $"{here.SentCount} by data connections");
        Assert.True(there.SentCount >= 20_000, $"{there.SentCount} by data connections");
        Assert.Equal((0, 0), (Dropped(here), Dropped(there)));
        // The reset took what was under way; whatever else was sent has come, and is counted there.
        PeerTraffic came = Assert.Single(there.Peers).Traffic;
        Assert.InRange(came.Received, 20_000, here.SentCount);
        Assert.True(came.ReceivedBytes > came.Received * DataFrame.HeaderOf(1));
        // The other node may have a message before this one has counted the call that sent it.
        long cameBytes = came.ReceivedBytes;
        while (Assert.Single(here.Peers).Outgoing.TakenBytes < cameBytes)
            await Task.Delay(10, timeout.Token);
        Assert.True(came.Reconnections > 0);
    }

    [Fact]
    public async Task One_message_for_several_actors_of_a_node_is_sent_once()
    {
        await using Node first = Start(null);
        await first.JoinAsync(CancellationToken.None);
        await using Node second = Start(null, first.Place);
        await second.JoinAsync(CancellationToken.None);
        (DataPath here, DataPath there) = (DataPath.Of(first.System), DataPath.Of(second.System));
        var came = new CountdownEvent(600);
        IActorRef[] actors = [.. Enumerable.Range(0, 600).Select(_ => Make(second, () => new Counting(came)))];
        IActorRef[] remote = [.. actors.Select(actor => here.Resolve(PathOf(actor, second)))];
        // The node with the smaller address connects.
        there.Resolve(PathOf(Make(first, () => new Answerer()), first));

        ((INodeActorRef)remote[0]).TellAll(remote, SampleMessages.Activity(10), ActorRefs.NoSender);

        Assert.True(await Task.Run(() => came.Wait(Within)));
        Assert.Equal((600 + INodeActorRef.MostAtOnce - 1) / INodeActorRef.MostAtOnce, here.SentCount);
    }

    [Fact]
    public async Task A_node_that_sends_more_than_another_allows_is_read_later_and_completely()
    {
        await using Node first = Start(null);
        await first.JoinAsync(CancellationToken.None);
        await using Node second = Start(first.Place, new() { FramesPerSecond = 50_000 });
        await second.JoinAsync(CancellationToken.None);
        (DataPath here, DataPath there) = (DataPath.Of(first.System), DataPath.Of(second.System));
        const int Sent = 10_000;
        using var came = new CountdownEvent(Sent);
        IActorRef counting = here.Resolve(PathOf(Make(second, () => new Counting(came)), second));
        // The node with the smaller address connects.
        there.Resolve(PathOf(Make(first, () => new Answerer()), first));
        for (int number = 0; number < Sent; number++)
            counting.Tell(SampleMessages.Activity(10));

        Assert.True(await Task.Run(() => came.Wait(Within)));
        Assert.True(Assert.Single(there.Peers).Traffic.Held > 0);
        Assert.Equal(0, Assert.Single(here.Peers).Traffic.Held);
    }

    [Fact]
    public async Task A_node_that_has_left_is_forgotten_with_all_that_waited_for_it()
    {
        await using Node first = Start(null);
        await first.JoinAsync(CancellationToken.None);
        Node second = Start(null, first.Place);
        await second.JoinAsync(CancellationToken.None);
        var here = DataPath.Of(first.System);
        IActorRef gone = here.Resolve(PathOf(Make(second, () => new Answerer()), second));
        await second.DisposeAsync();
        using var timeout = new CancellationTokenSource(Within);
        while (first.Membership.State.Members.Count > 1 || here.Knows(gone.Path.Address))
            await Task.Delay(10, timeout.Token);

        long sent = here.SentCount;
        gone.Tell(AskActivity.Always);
        Assert.Equal((sent, 0), (here.SentCount, Dropped(here)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Who_does_not_know_the_token_is_cut_off(bool knows, bool encrypted)
    {
        using var certificates = new Certificates();
        await using Node node = Start(encrypted ? certificates.Coordinator() : null);
        await node.JoinAsync(CancellationToken.None);
        DataPort port = DataPath.Of(node.System).Port();
        using var client = new TcpClient();
        await client.ConnectAsync(node.Place.Host, port.Port);
        // With the right token, it still names no member of the cluster; with TLS, it does not even come to that.
        byte[] name = "akka.tcp://nudge@127.0.0.1:1"u8.ToArray();
        byte[] token = knows ? port.Token.ToArray() : new byte[32];
        await client.GetStream().WriteAsync((byte[])[.. "NUDGE-D2"u8, .. token, .. new byte[32], 0, (byte)name.Length, .. name]);
        // An alert of TLS may come first.
        while (await ReadAsync(client).WaitAsync(Within) > 0)
            Assert.True(encrypted);
    }

    [Fact]
    public void A_data_port_that_is_taken_is_refused_with_its_number()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        int port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        NodeException error = Assert.Throws<NodeException>(
            () => Node.Start(new() { Role = NodeSettings.Coordinator, DataPort = port }, source: null));
        Assert.Contains($":{port}: ", error.Message, StringComparison.Ordinal);
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

    private static long Dropped(DataPath path) => path.Peers.Sum(peer => peer.Traffic.Dropped);

    private static Node Start(TlsSettings? tls, params HostPort[] seeds) =>
        Node.Start(new() { Role = NodeSettings.Coordinator, Seeds = seeds, Tls = tls }, source: null);

    private static Node Start(HostPort seed, NodeBudget budget) =>
        Node.Start(new() { Role = NodeSettings.Coordinator, Seeds = [seed], Budget = budget }, source: null);

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
            Receive<AskActivity>(_ =>
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

    private sealed class Counting : ReceiveActor
    {
        public Counting(CountdownEvent came) => Receive<ActivityMessage>(_ => came.Signal());
    }

    private sealed class Answerer : ReceiveActor
    {
        public Answerer() => Receive<ActivityMessage>(_ => Sender.Tell(AskActivity.Always));
    }
}
