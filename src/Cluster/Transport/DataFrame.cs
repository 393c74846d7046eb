using System.Buffers.Binary;
using System.Collections.Frozen;
using Nudge.Actors;
using Nudge.Wire;

namespace Nudge.Transport;

/// <summary>
/// What travels on a data connection: length of the rest (4 bytes), kind (1), key of the receiver (8), key of the sender (8;
/// 0 for none), all little-endian, then the message as its contract writes it. Only the messages that slices and coordinator
/// exchange while they run have a kind; orders and answers stay with Akka.Remote.
/// </summary>
internal static class DataFrame
{
    /// <summary>Bytes before the message.</summary>
    internal const int Header = sizeof(int) + Rest;

    /// <summary>Bytes of the header behind the length.</summary>
    internal const int Rest = sizeof(byte) + sizeof(ulong) + sizeof(ulong);

    // Places are the numbers of kinds on the wire: only ever added to.
    private static readonly Type[] Types =
    [
        typeof(ActivityMessage),
        typeof(RestReport),
        typeof(Pace),
        typeof(Credit),
        typeof(ControlMessage),
        typeof(AnswerMessage),
        typeof(PhaseMark),
        typeof(PhaseReport),
        typeof(Acknowledgement),
    ];

    private static readonly FrozenDictionary<Type, byte> Kinds =
        Types.Select((type, place) => (type, place)).ToFrozenDictionary(pair => pair.type, pair => (byte)pair.place);

    private static readonly string[] Manifests = [.. Types.Select(Codec.ManifestOfType)];

    /// <summary>The kind of a message, if it has one.</summary>
    internal static bool TryKindOf(object message, out byte kind) => Kinds.TryGetValue(message.GetType(), out kind);

    /// <summary>Writes the header of a message.</summary>
    internal static void WriteHeader(Span<byte> header, int messageLength, byte kind, ulong receiver, ulong sender)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, Rest + messageLength);
        header[sizeof(int)] = kind;
        BinaryPrimitives.WriteUInt64LittleEndian(header[(sizeof(int) + 1)..], receiver);
        BinaryPrimitives.WriteUInt64LittleEndian(header[(sizeof(int) + 1 + sizeof(ulong))..], sender);
    }

    /// <summary>Reads the frame that bytes begin with.</summary>
    /// <param name="bytes">What has come.</param>
    /// <param name="longest">The longest message.</param>
    /// <param name="frame">The frame, if it is complete.</param>
    /// <returns>Bytes of the frame; 0 while it is incomplete.</returns>
    /// <exception cref="InvalidDataException">No frame begins like this.</exception>
    internal static int Read(ReadOnlySpan<byte> bytes, int longest, out ReceivedFrame frame)
    {
        frame = default;
        if (bytes.Length < sizeof(int))
            return 0;
        int rest = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (rest < Rest || rest - Rest > longest)
            throw new InvalidDataException($"a frame of {rest} bytes");
        if (bytes.Length < sizeof(int) + rest)
            return 0;
        byte kind = bytes[sizeof(int)];
        if (kind >= Manifests.Length)
            throw new InvalidDataException($"a frame of kind {kind}");
        frame = new(
            Manifests[kind],
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[(sizeof(int) + 1)..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[(sizeof(int) + 1 + sizeof(ulong))..]),
            // The message keeps its bytes, while the buffer is used again.
            bytes[Header..(sizeof(int) + rest)].ToArray());
        return sizeof(int) + rest;
    }
}

/// <summary>A frame as it came.</summary>
/// <param name="Manifest">The contract of its message.</param>
/// <param name="Receiver">Key of the actor that it is for.</param>
/// <param name="Sender">Key of the actor that sent it, or 0.</param>
/// <param name="Message">The message.</param>
internal readonly record struct ReceivedFrame(string Manifest, ulong Receiver, ulong Sender, byte[] Message);
