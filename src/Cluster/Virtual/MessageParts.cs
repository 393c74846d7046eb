using Akka.Actor;
using Nudge.Messages;

namespace Nudge.Virtual;

/// <summary>Cuts messages into parts that fit a frame.</summary>
/// <param name="most">Bytes that a part may have.</param>
internal sealed class PartSender(int most)
{
    private long _messages;

    /// <summary>Sends a message; may be called by any thread.</summary>
    internal void Send(byte[] message, IActorRef receiver, IActorRef sender)
    {
        long number = Interlocked.Increment(ref _messages);
        int offset = 0;
        do
        {
            int length = Math.Min(most, message.Length - offset);
            receiver.Tell(new VirtualPart(number, offset, message.Length, message.AsMemory(offset, length)), sender);
            offset += length;
        }
        while (offset < message.Length);
    }
}

/// <summary>Puts the parts of messages together again, as they come from several senders.</summary>
internal sealed class PartReceiver
{
    private readonly Dictionary<(IActorRef Sender, long Message), (byte[] Bytes, int Received)> _open = [];

    /// <summary>Takes a part; gives the message with its last one.</summary>
    /// <exception cref="InvalidDataException">The part does not follow the one before.</exception>
    internal bool TryTake(IActorRef sender, VirtualPart part, out ReadOnlyMemory<byte> message)
    {
        message = part.Bytes;
        if (part.Offset == 0 && part.Bytes.Length == part.Total)
            return true;
        if (part.Total < 0 || part.Offset < 0 || part.Bytes.Length > part.Total - part.Offset)
            throw new InvalidDataException($"a part of {part.Bytes.Length} bytes at {part.Offset} is not within {part.Total}");
        (IActorRef, long) key = (sender, part.Message);
        (byte[] bytes, int received) = _open.GetValueOrDefault(key);
        bytes ??= new byte[part.Total];
        if (bytes.Length != part.Total || received != part.Offset)
            throw new InvalidDataException($"a part at {part.Offset} of {part.Total} bytes follows {received} of {bytes.Length}");
        part.Bytes.CopyTo(bytes.AsMemory(part.Offset));
        received += part.Bytes.Length;
        if (received == part.Total)
        {
            _open.Remove(key);
            message = bytes;
            return true;
        }

        _open[key] = (bytes, received);
        return false;
    }
}
