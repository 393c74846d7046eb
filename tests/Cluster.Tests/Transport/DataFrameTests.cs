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
        Gen.Byte.Array[0, 300], Gen.ULong, Gen.ULong, Gen.Int[0, 40]).Sample((message, receiver, sender, extra) =>
    {
        Assert.True(DataFrame.TryKindOf(new Credit(1, 2), out byte kind));
        byte[] frame = new byte[DataFrame.Header + message.Length + extra];
        DataFrame.WriteHeader(frame, message.Length, kind, receiver, sender);
        message.CopyTo(frame, DataFrame.Header);
        int length = DataFrame.Header + message.Length;
        for (int have = 0; have < length; have++)
            Assert.Equal(0, DataFrame.Read(frame.AsSpan(0, have), 300, out _));
        Assert.Equal(length, DataFrame.Read(frame, 300, out ReceivedFrame read));
        Assert.Equal((receiver, sender, Codec.ManifestOf(new Credit(1, 2))), (read.Receiver, read.Sender, read.Manifest));
        Assert.Equal(message, read.Message);
    });

    [Fact]
    public void Random_bytes_give_a_frame_or_the_one_exception_and_reserve_no_more_than_came() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            try
            {
                int length = DataFrame.Read(bytes, 100, out ReceivedFrame frame);
                Assert.InRange(length, 0, bytes.Length);
                Assert.True(length == 0 || frame.Message.Length == length - DataFrame.Header);
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
