using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Akka.Event;
using CsCheck;
using Nudge.Actors;
using Nudge.Cluster.Tests.Security;
using Nudge.Security;
using Nudge.Transport;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Transport;

/// <summary>Two ends of one connection, with and without TLS, served by hand.</summary>
public sealed class PeerConnectionTests
{
    private const int Longest = 100_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_the_order_of_sends_flushes_and_receives_all_messages_arrive_in_order(bool encrypted)
    {
        using var certificates = new Certificates();
        MutualTls? tls = encrypted ? MutualTls.Create(certificates.Node(), TimeProvider.System) : null;
        await Gen.Select(Gen.Select(Gen.Int[0, 2], Gen.Int[1, 20_000]).Array[1, 60], Gen.Bool.Select(slow => slow ? 1000 : int.MaxValue)).SampleAsync(
            async (actions, perSecond) =>
            {
                using Pair pair = await Pair.OpenAsync(tls, perSecond: perSecond);
                var sent = new List<int>();
                foreach ((int action, int size) in actions)
                {
                    if (action == 0 && pair.Send(Answer(sent.Count, size)))
                        sent.Add(size);
                    else if (action == 1)
                        pair.Left.Flush();
                    else
                        pair.Right.Receive();
                }

                pair.ServeUntil(() => pair.Received.Count == sent.Count);

                Assert.Equal(sent, pair.Received.Cast<AnswerMessage>().Select(answer => answer.Frame.Values.Length));
                Assert.Equal(Enumerable.Range(0, sent.Count), pair.Received.Cast<AnswerMessage>().Select(answer => answer.Source));
                Assert.Empty(pair.Ends);
            },
            iter: 40,
            threads: 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_that_reads_nothing_makes_only_so_much_wait(bool encrypted)
    {
        using var certificates = new Certificates();
        using Pair pair = await Pair.OpenAsync(encrypted ? MutualTls.Create(certificates.Node(), TimeProvider.System) : null);
        int taken = 0;
        for (int refused = 0; refused < 100; refused++)
        {
            while (pair.Send(Answer(taken, 20_000)))
                Assert.InRange(++taken, 1, 2000);
            pair.Left.Flush();
        }

        Assert.Empty(pair.Ends);
        // It reads at last.
        pair.ServeUntil(() => pair.Received.Count == taken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_that_sends_without_end_is_read_in_turns_and_as_often_as_it_may(bool encrypted)
    {
        using var certificates = new Certificates();
        using Pair pair = await Pair.OpenAsync(encrypted ? MutualTls.Create(certificates.Node(), TimeProvider.System) : null, perSecond: 100_000);
        const int Sent = 3000;
        for (int number = 0; number < Sent; number++)
            Assert.True(pair.Send(Answer(number, 1)));
        long begun = Stopwatch.GetTimestamp();
        while (pair.Received.Count == 0)
        {
            pair.Left.Flush();
            pair.Right.Receive();
        }

        Assert.InRange(pair.Received.Count, 1, FrameLimit.MostInTurn);
        while (pair.Received.Count < Sent)
        {
            Assert.True(WillBeRead(pair));
            int before = pair.Received.Count;
            pair.Left.Flush();
            pair.Right.Receive();
            Assert.InRange(pair.Received.Count, before, before + FrameLimit.MostInTurn);
        }

        // Three shares of a hundredth of a second.
        Assert.True(pair.Holds > 0);
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0.01, 30);
        Assert.Equal(Enumerable.Range(0, Sent), pair.Received.Cast<AnswerMessage>().Select(answer => answer.Source));
    }

    [Theory]
    [InlineData("ffffffff00")]
    [InlineData("0b000000630000000000000000")]
    [InlineData("1400000003000000000000000001000000000000000000c1")]
    public async Task Bytes_that_are_no_frame_end_the_connection_and_nothing_else(string hex)
    {
        using Pair pair = await Pair.OpenAsync(null);
        byte[] bytes = [.. Convert.FromHexString(hex), .. new byte[40]];
        pair.Left.Socket.Send(bytes);
        pair.ServeUntil(() => pair.Ends.Count > 0);

        Assert.Empty(pair.Received);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_end_that_goes_away_is_noticed_once(bool encrypted)
    {
        using var certificates = new Certificates();
        using Pair pair = await Pair.OpenAsync(encrypted ? MutualTls.Create(certificates.Node(), TimeProvider.System) : null);
        pair.Left.Close("test");
        pair.Left.Close("test");
        pair.ServeUntil(() => pair.Ends.Count == 2);
        pair.Right.Receive();
        Assert.Equal(2, pair.Ends.Count);
    }

    [Fact]
    public async Task Certificates_of_another_authority_and_none_at_all_are_refused()
    {
        using var ours = new Certificates();
        using var others = new Certificates();
        MutualTls here = MutualTls.Create(ours.Node(), TimeProvider.System);
        MutualTls there = MutualTls.Create(others.Node(), TimeProvider.System);
        await Assert.ThrowsAnyAsync<IOException>(() => Pair.OpenAsync(here, there));
    }

    // Whether a loop that waits for the socket comes back to it. A hold may end while this looks.
    private static bool WillBeRead(Pair pair) => pair.Right.HasUnread || pair.Right.HeldFor > TimeSpan.Zero || pair.Right.HasUnread
        || pair.Left.HasUnsent || pair.Right.Socket.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectRead);

    private static AnswerMessage Answer(int number, int size) => new(number, new(0, 1), Signals.ActivityFrame.Of(new float[size]));

    private sealed class Pair : IDisposable
    {
        private readonly SendBuffer _fromLeft = new(new(ValueFormat.Exact), Longest);
        private readonly SendBuffer _fromRight = new(new(ValueFormat.Exact), Longest);

        private readonly int _perSecond;

        private Pair(IDataChannel left, IDataChannel right, int perSecond)
        {
            _perSecond = perSecond;
            Left = Connection(left, _fromLeft);
            Right = Connection(right, _fromRight);
        }

        internal PeerConnection Left { get; }

        internal PeerConnection Right { get; }

        internal List<object> Received { get; } = [];

        internal List<string> Ends { get; } = [];

        internal int Holds { get; private set; }

        internal static async Task<Pair> OpenAsync(MutualTls? tls, MutualTls? there = null, int perSecond = int.MaxValue)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
            client.Connect((IPEndPoint)listener.LocalEndpoint);
            Socket server = listener.AcceptSocket();
            if (tls is null)
                return new(new PlainChannel(client), new PlainChannel(server), perSecond);
            Task<TlsChannel> left = Task.Run(() => TlsChannel.Open(
                client, stream => tls.AuthenticateAsClient(stream, "localhost", NoLogger.Instance)));
            Task<TlsChannel> right = Task.Run(() => TlsChannel.Open(
                server, stream => (there ?? tls).AuthenticateAsServer(stream, "test", NoLogger.Instance)));
            TlsChannel[] both = await Task.WhenAll(left, right);
            foreach (TlsChannel one in both)
                one.GiveToLoop();
            return new(both[0], both[1], perSecond);
        }

        internal bool Send(object message)
        {
            Assert.True(DataFrame.TryKindOf(message, out byte kind));
            return _fromLeft.TryAppend(message, kind, 9, [7]);
        }

        internal void ServeUntil(Func<bool> holds)
        {
            long begun = Stopwatch.GetTimestamp();
            while (!holds())
            {
                Left.Flush();
                Right.Receive();
                Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(30), "what was sent did not arrive");
            }
        }

        public void Dispose()
        {
            Left.Close("end");
            Right.Close("end");
        }

        private PeerConnection Connection(IDataChannel channel, SendBuffer outgoing) => new(
            channel,
            outgoing,
            Longest,
            new(_perSecond, TimeProvider.System, () => Holds++),
            (frame, message) =>
            {
                Assert.Equal((7ul, 9ul), (frame.ReceiverAt(0), frame.Sender));
                Received.Add(message);
            },
            (_, reason) => Ends.Add(reason));
    }
}
