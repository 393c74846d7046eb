using System.Buffers;
using CsCheck;
using MessagePack;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Wire;

public sealed class FrameWriterTests
{
    [Fact]
    public void Whatever_is_written_comes_out_in_order() => Gen.Byte.Array[0, 2000].Array[0, 12].Sample(blocks =>
    {
        var frame = new FrameWriter();
        for (int turn = 0; turn < 2; turn++)
        {
            foreach (byte[] block in blocks)
            {
                // More room is asked for than is used, as a writer of MessagePack may do.
                block.CopyTo(frame.GetSpan(block.Length + (block.Length % 7)));
                frame.Advance(block.Length);
            }

            Assert.Equal(blocks.SelectMany(block => block), frame.Take());
        }
    });

    [Fact]
    public void A_message_that_was_given_up_leaves_nothing_behind()
    {
        var frame = new FrameWriter();
        new byte[1000].CopyTo(frame.GetSpan(1000));
        frame.Advance(1000);
        frame.Clear();
        frame.Write<byte>([1, 2, 3]);

        Assert.Equal([1, 2, 3], frame.Take());
    }

    [Fact]
    public void A_long_block_at_the_end_is_written_once_into_what_is_sent()
    {
        var frame = new FrameWriter();
        const int Length = 40_000;
        byte[] taken = Written();
        long before = GC.GetAllocatedBytesForCurrentThread();
        byte[] again = Written();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(taken, again);
        Assert.InRange(allocated, Length, Length + 64);

        byte[] Written()
        {
            var writer = new MessagePackWriter(frame);
            writer.WriteArrayHeader(2);
            writer.Write(7);
            writer.WriteBinHeader(Length);
            writer.GetSpan(Length)[..Length].Fill(5);
            writer.Advance(Length);
            writer.Flush();
            return frame.Take();
        }
    }
}
