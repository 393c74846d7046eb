using CsCheck;
using Nudge.Actors;
using Nudge.Transport;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Transport;

/// <summary>What a data connection carries is read as it was written, and nothing else is.</summary>
public sealed class DataFrameTests
{
    [Fact]
    public void A_frame_is_read_as_it_was_written_and_not_before_it_is_complete() => Gen.Select(
        Gen.Byte.Array[0, 300], Gen.ULong.Array[0, 20], Gen.ULong, Gen.Int[0, 40]).Sample((message, receivers, sender, extra) =>
    {
        Assert.True(DataFrame.TryKindOf(new Credit(1, 2), out byte kind));
        int header = DataFrame.HeaderOf(receivers.Length);
        byte[] frame = new byte[header + message.Length + extra];
        DataFrame.WriteHeader(frame, message.Length, kind, sender, receivers);
        message.CopyTo(frame, header);
        int length = header + message.Length;
        Assert.Equal(length, DataFrame.LengthOf(frame));
        for (int have = 0; have < length; have++)
            Assert.Equal(0, DataFrame.Read(frame.AsMemory(0, have), 300, out _));
        Assert.Equal(length, DataFrame.Read(frame, 300, out ReceivedFrame read));
        Assert.Equal((sender, Codec.ManifestOf(new Credit(1, 2))), (read.Sender, read.Manifest));
        Assert.Equal(receivers, Enumerable.Range(0, read.Receivers).Select(read.ReceiverAt));
        Assert.Equal(message, read.Message.ToArray());
    });

    [Fact]
    public void Random_bytes_give_a_frame_or_the_one_exception_and_never_more_than_came() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 250]).Sample((bytes, length) =>
        {
            // Half of the cases get past the length.
            if (length < 200 && bytes.Length > 4)
                BitConverter.TryWriteBytes(bytes, length);
            try
            {
                int read = DataFrame.Read(bytes, 100, out ReceivedFrame frame);
                Assert.InRange(read, 0, bytes.Length);
                Assert.True(read == 0 || frame.Message.Length == read - DataFrame.HeaderOf(frame.Receivers));
            }
            catch (InvalidDataException)
            {
                // What the connection is closed for.
            }
        });

    [Fact]
    public void Orders_and_states_have_no_kind()
    {
        Assert.False(DataFrame.TryKindOf(new Freeze(true), out _));
        Assert.False(DataFrame.TryKindOf(new AskState(), out _));
        Assert.False(DataFrame.TryKindOf(new AskEnd(), out _));
    }
}
