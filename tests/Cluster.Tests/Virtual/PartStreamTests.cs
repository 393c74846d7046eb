using CsCheck;
using Nudge.Messages;
using Nudge.Virtual;

namespace Nudge.Cluster.Tests.Virtual;

/// <summary>Messages of a run in virtual time over connections that lose, repeat and hold back what they carry.</summary>
public sealed class PartStreamTests
{
    private const int PartBytes = 100;
    private const long Run = 3;

    [Fact]
    public void Every_message_arrives_once_and_in_order_whatever_the_connection_does_to_parts_and_answers() =>
        Gen.Select(Gen.Int[0, 450].Array[1, 30], Gen.Int[0, 9].Array[1, 300], Gen.Int[0, 6]).Sample((lengths, fates, faults) =>
        {
            byte[][] messages = [.. lengths.Select((length, number) => Message(number, length))];
            var channel = new Channel(fates, faults);
            var received = new List<byte[]>();
            var sending = new PartSending(Run, PartBytes, channel.Parts.Enqueue);
            var receiving = new PartReceiving();
            void Answer(bool isTick)
            {
                if (receiving.Due(isTick) is { } due)
                    channel.Answers.Enqueue(new(Run, due.Next, due.Misses));
            }

            int sent = 0;
            // A fault that lasts is none that a stream can mend, so that the connection is a good one in the end.
            for (int round = 0; round < 1000 && received.Count < messages.Length; round++)
            {
                if (sent < messages.Length)
                    sending.Send(messages[sent++]);
                channel.Carry(channel.Parts, part =>
                {
                    if (receiving.TryTake(part, out ReadOnlyMemory<byte> message))
                        received.Add(message.ToArray());
                    Answer(isTick: false);
                });
                channel.Carry(channel.Answers, answer => sending.Take(answer.Next, answer.Misses));
                Answer(isTick: true);
                sending.Tick();
            }

            Assert.Equal(messages, received);
        });

    [Fact]
    public void No_more_than_the_window_is_under_way_and_a_lost_part_is_sent_again_as_soon_as_it_is_missed()
    {
        const int bytes = PartSending.Window / 4;
        var transmitted = new List<long>();
        var sending = new PartSending(Run, bytes, part => transmitted.Add(part.Number));
        for (int i = 0; i < 10; i++)
            sending.Send(new byte[bytes]);
        Assert.Equal([1, 2, 3, 4], transmitted);

        sending.Take(next: 2, misses: false);
        Assert.Equal([1, 2, 3, 4, 5], transmitted);

        sending.Take(next: 2, misses: true);
        Assert.Equal([1, 2, 3, 4, 5, 2, 3, 4, 5], transmitted);

        sending.Take(next: 6, misses: false);
        Assert.Equal([1, 2, 3, 4, 5, 2, 3, 4, 5, 6, 7, 8, 9], transmitted);
    }

    [Fact]
    public void While_nothing_is_answered_parts_are_sent_again_after_pauses_that_grow()
    {
        var ticks = new List<int>();
        int tick = 0;
        var sending = new PartSending(Run, PartBytes, _ => ticks.Add(tick));
        sending.Send([1]);
        for (tick = 1; tick <= 100; tick++)
            sending.Tick();

        Assert.Equal([0, 2, 6, 14, 30, 62, 94], ticks);
    }

    [Fact]
    public void A_part_that_does_not_follow_the_one_before_is_refused()
    {
        var receiving = new PartReceiving();
        Assert.False(receiving.TryTake(new(Run, 1, 0, 300, new byte[100]), out _));
        Assert.Throws<InvalidDataException>(() => receiving.TryTake(new(Run, 2, 200, 300, new byte[100]), out _));
        Assert.Throws<InvalidDataException>(() => new PartReceiving().TryTake(new(Run, 1, 0, 50, new byte[100]), out _));
        Assert.Throws<InvalidDataException>(() => new PartReceiving().TryTake(new(Run, 1, 0, -1, new byte[100]), out _));
    }

    private static byte[] Message(int number, int length)
    {
        byte[] message = new byte[length];
        new Random(number).NextBytes(message);
        return message;
    }

    /// <summary>Carries in order, as a connection does, what it does not lose or repeat; from some moment on all of it.</summary>
    private sealed class Channel(int[] fates, int faults)
    {
        private int _next;

        internal Queue<VirtualPart> Parts { get; } = new();

        internal Queue<VirtualReceived> Answers { get; } = new();

        internal void Carry<T>(Queue<T> queue, Action<T> deliver)
        {
            while (queue.TryDequeue(out T? item))
            {
                int fate = _next < fates.Length ? fates[_next++] : int.MaxValue;
                // The connection ends: what it had taken is lost, and what waits goes by the next one.
                if (fate < faults)
                    continue;
                deliver(item);
                if (fate == faults)
                    deliver(item);
                else if (fate == faults + 1)
                    break;
            }
        }
    }
}
