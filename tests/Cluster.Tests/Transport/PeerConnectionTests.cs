using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CsCheck;
using Nudge.Actors;
using Nudge.Transport;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Transport;

/// <summary>Two ends of one connection, served by hand.</summary>
public sealed class PeerConnectionTests
{
    private const int Longest = 100_000;

    [Fact]
    public void Whatever_the_order_of_sends_flushes_and_receives_all_messages_arrive_in_order() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, 20_000]).Array[1, 60].Sample(
            actions =>
            {
                using var pair = new Pair();
                var sent = new List<int>();
                foreach ((int action, int size) in actions)
                {
                    if (action == 0 && pair.Left.TrySend(5, 7, 9, Answer(sent.Count, size)))
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
            iter: 50,
            threads: 1);

    [Fact]
    public void A_peer_that_reads_nothing_makes_only_so_much_wait()
    {
        using var pair = new Pair();
        int taken = 0;
        while (pair.Left.TrySend(5, 7, 0, Answer(taken, 20_000)))
            Assert.InRange(++taken, 1, 100);
        pair.Left.Flush();
        Assert.Empty(pair.Ends);
    }

    [Fact]
    public void A_message_that_is_too_long_goes_another_way()
    {
        using var pair = new Pair();
        Assert.False(pair.Left.TrySend(5, 7, 0, Answer(0, Longest)));
        Assert.True(pair.Left.TrySend(5, 7, 0, Answer(0, 10)));
    }

    [Theory]
    [InlineData("ffffffff00")]
    [InlineData("1100000063")]
    [InlineData("12000000030000000000000000000000000000000000c1")]
    public void Bytes_that_are_no_frame_end_the_connection_and_nothing_else(string hex)
    {
        using var pair = new Pair();
        byte[] bytes = [.. Convert.FromHexString(hex), .. new byte[40]];
        pair.Left.Socket.Send(bytes);
        pair.ServeUntil(() => pair.Ends.Count > 0);

        Assert.Empty(pair.Received);
        Assert.False(pair.Right.TrySend(2, 7, 0, Pace.Instance));
    }

    [Fact]
    public void An_end_that_goes_away_is_noticed_and_what_is_sent_then_is_refused()
    {
        using var pair = new Pair();
        pair.Left.Close("test");
        pair.ServeUntil(() => pair.Ends.Count == 2);
        Assert.False(pair.Right.TrySend(2, 7, 0, Pace.Instance));
        Assert.False(pair.Left.TrySend(2, 7, 0, Pace.Instance));
    }

    private static AnswerMessage Answer(int number, int size) => new(number, new(0, 1), Signals.ActivityFrame.Of(new float[size]));

    private sealed class Pair : IDisposable
    {
        internal Pair()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
            client.Connect((IPEndPoint)listener.LocalEndpoint);
            Left = Connection(client);
            Right = Connection(listener.AcceptSocket());
        }

        internal PeerConnection Left { get; }

        internal PeerConnection Right { get; }

        internal List<object> Received { get; } = [];

        internal List<string> Ends { get; } = [];

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

        private PeerConnection Connection(Socket socket)
        {
            socket.Blocking = false;
            return new(socket, new(ValueFormat.Exact), Longest, (frame, message) =>
            {
                Assert.Equal(7ul, frame.Receiver);
                Received.Add(message);
            }, (_, reason) => Ends.Add(reason));
        }
    }
}
