using CsCheck;
using Nudge.Actors;
using Nudge.Transport;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Transport;

/// <summary>What waits for a connection, and for the connection after it.</summary>
public sealed class SendBufferTests
{
    private const int Longest = 2000;

    [Fact]
    public void Connections_that_end_anywhere_cost_only_whole_frames_that_they_took_and_keep_the_order() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 5000]).Array[1, 80].Sample(actions =>
        {
            SendBuffer buffer = New();
            var received = new List<int>();
            byte[] came = [];
            int appended = 0;
            int takenWhole = 0;
            foreach ((int action, int size) in actions)
            {
                if (action == 0)
                {
                    // The connection ends: what it took of a frame is nothing to the next one.
                    takenWhole += Parse(came, received);
                    came = [];
                    buffer.Rewind();
                }
                else if (action == 1)
                {
                    came = [.. came, .. Taken(buffer, size)];
                }
                else if (buffer.TryAppend(new Credit(appended, size), 3, 0, [7]))
                {
                    appended++;
                }
            }

            came = [.. came, .. Taken(buffer, int.MaxValue)];
            takenWhole += Parse(came, received);

            Assert.Equal(Enumerable.Range(0, appended), received);
            Assert.Equal(appended, takenWhole);
            Assert.False(buffer.HasBytes);
        });

    [Fact]
    public void It_is_bounded_and_what_is_too_long_or_too_much_leaves_no_trace()
    {
        SendBuffer buffer = New();
        int appended = 0;
        while (buffer.TryAppend(new Credit(appended, 1), 3, 0, [7]))
            Assert.InRange(++appended, 1, 100_000);
        Assert.False(buffer.TryAppend(new AnswerMessage(0, new(0, 1), Signals.ActivityFrame.Of(new float[Longest])), 5, 0, [7]));

        var received = new List<int>();
        Parse(Taken(buffer, int.MaxValue), received);
        Assert.Equal(Enumerable.Range(0, appended), received);
        Assert.True(buffer.TryAppend(new Credit(1, 1), 3, 0, [7]));
        buffer.Clear();
        Assert.False(buffer.HasBytes);
    }

    [Fact]
    public void It_knows_how_many_frames_it_dropped_and_how_many_bytes_were_taken()
    {
        SendBuffer buffer = New();
        for (int i = 0; i < 5; i++)
            buffer.TryAppend(new Credit(i, 1), 3, 0, [7]);
        int all = buffer.Waiting;
        Taken(buffer, (all / 5) + 1);
        // Of the second frame one byte was taken: the next connection would begin with it.
        Assert.Equal(4, buffer.Clear());
        Assert.Equal((all / 5) + 1, buffer.TakenBytes);
        Assert.Equal(0, buffer.Clear());
    }

    [Fact]
    public void A_connection_that_is_never_caught_up_with_does_not_make_it_grow_without_end()
    {
        SendBuffer buffer = New();
        buffer.TryAppend(new Credit(0, 1), 3, 0, [7]);
        for (int i = 1; i < 200_000; i++)
        {
            Assert.True(buffer.TryAppend(new Credit(i, 1), 3, 0, [7]));
            Assert.True(Taken(buffer, buffer.Waiting / 2).Length > 0);
        }

        Assert.InRange(buffer.Capacity, 1, 256 << 10);
    }

    private static SendBuffer New() => new(new(ValueFormat.Exact), Longest);

    private static byte[] Taken(SendBuffer buffer, int most)
    {
        byte[] taken = [];
        buffer.Take(bytes =>
        {
            taken = bytes[..Math.Min(most, bytes.Length)].ToArray();
            return taken.Length;
        });
        return taken;
    }

    private static int Parse(byte[] bytes, List<int> received)
    {
        int frames = 0;
        for (int at = 0, length; (length = DataFrame.Read(bytes.AsMemory(at), Longest, out ReceivedFrame frame)) > 0; at += length)
        {
            received.Add(((Credit)Codec.Read(frame.Message, frame.Manifest)).Slice);
            frames++;
        }

        return frames;
    }
}
