using System.Buffers.Binary;
using System.Collections.Frozen;
using Nudge.Actors;
using Nudge.Messages;
using Nudge.Wire;

namespace Nudge.Transport;

/// <summary>
/// What travels on a data connection: length of the rest (4 bytes), kind (1), key of the sender (8; 0 for none), number of
/// receivers (2), key of each (8), all little-endian, then the message as its contract writes it. A message for several actors
/// of a node travels once. Only the messages that slices and coordinator exchange while they run have a kind; orders and
/// answers go by Akka.Remote.
/// </summary>
internal static class DataFrame
{
    /// <summary>Receivers that one frame may have.</summary>
    internal const int MostReceivers = ushort.MaxValue;

    private const int LengthBytes = sizeof(int);
    private const int KindAt = LengthBytes;
    private const int SenderAt = KindAt + sizeof(byte);
    private const int CountAt = SenderAt + sizeof(ulong);
    private const int ReceiversAt = CountAt + sizeof(ushort);

    // Places are the numbers of kinds on the wire: only ever added to.
    private static readonly Type[] Types =
    [
        typeof(ActivityMessage),
        typeof(RestReport),
        typeof(AskActivity),
        typeof(Credit),
        typeof(ControlMessage),
        typeof(AnswerMessage),
        typeof(PhaseMark),
        typeof(PhaseReport),
        typeof(Acknowledgement),
        typeof(SliceTime),
        typeof(VirtualPart),
        typeof(VirtualReceived),
        typeof(MakeInterventions),
        typeof(InterventionsMade),
        typeof(AskView),
        typeof(SliceViewed),
    ];

    private static readonly FrozenDictionary<Type, byte> Kinds =
        Types.Select((type, place) => (type, place)).ToFrozenDictionary(pair => pair.type, pair => (byte)pair.place);

    private static readonly string[] Manifests = [.. Types.Select(Codec.ManifestOfType)];

    // Their values stay in the bytes that came.
    private static readonly bool[] KeepBytes =
        [.. Types.Select(type => type == typeof(ActivityMessage) || type == typeof(ControlMessage) || type == typeof(AnswerMessage))];

    /// <summary>Bytes before the message.</summary>
    internal static int HeaderOf(int receivers) => ReceiversAt + (receivers * sizeof(ulong));

    /// <summary>The kind of a message, if it has one.</summary>
    internal static bool TryKindOf(object message, out byte kind) => Kinds.TryGetValue(message.GetType(), out kind);

    /// <summary>Writes the header of a frame of a known length.</summary>
    internal static void WriteHeader(Span<byte> frame, int messageLength, byte kind, ulong sender, ReadOnlySpan<ulong> receivers)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, HeaderOf(receivers.Length) - LengthBytes + messageLength);
        frame[KindAt] = kind;
        BinaryPrimitives.WriteUInt64LittleEndian(frame[SenderAt..], sender);
        BinaryPrimitives.WriteUInt16LittleEndian(frame[CountAt..], (ushort)receivers.Length);
        for (int i = 0; i < receivers.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(frame[HeaderOf(i)..], receivers[i]);
    }

    /// <summary>The length of the frame that bytes begin with, its own length field included; at least 4 bytes must be there.</summary>
    internal static int LengthOf(ReadOnlySpan<byte> bytes) => LengthBytes + BinaryPrimitives.ReadInt32LittleEndian(bytes);

    /// <summary>Reads the frame that bytes begin with.</summary>
    /// <param name="bytes">What has come.</param>
    /// <param name="longest">The longest message.</param>
    /// <param name="frame">The frame, if it is complete; it is valid as long as the bytes are.</param>
    /// <returns>Bytes of the frame; 0 while it is incomplete.</returns>
    /// <exception cref="InvalidDataException">No frame begins like this.</exception>
    internal static int Read(ReadOnlyMemory<byte> bytes, int longest, out ReceivedFrame frame)
    {
        frame = default;
        ReadOnlySpan<byte> span = bytes.Span;
        if (span.Length < ReceiversAt)
            return span.Length < LengthBytes || IsPossible(span, 0, longest) ? 0 : throw Refusal(span);
        int receivers = BinaryPrimitives.ReadUInt16LittleEndian(span[CountAt..]);
        if (!IsPossible(span, receivers, longest) || span[KindAt] >= Manifests.Length)
            throw Refusal(span);
        int length = LengthOf(span);
        if (span.Length < length)
            return 0;
        int header = HeaderOf(receivers);
        frame = new(
            Manifests[span[KindAt]],
            KeepBytes[span[KindAt]],
            BinaryPrimitives.ReadUInt64LittleEndian(span[SenderAt..]),
            bytes[ReceiversAt..header],
            bytes[header..length]);
        return length;
    }

    private static bool IsPossible(ReadOnlySpan<byte> bytes, int receivers, int longest)
    {
        long rest = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        long header = HeaderOf(receivers) - LengthBytes;
        // Before the receivers are counted, there may be as many as there can be.
        return rest >= header && rest <= (bytes.Length < ReceiversAt ? HeaderOf(MostReceivers) : header) + longest;
    }

    private static InvalidDataException Refusal(ReadOnlySpan<byte> bytes) =>
        new($"no frame begins with the bytes {Convert.ToHexString(bytes[..Math.Min(bytes.Length, ReceiversAt)])}");
}

/// <summary>A frame as it came.</summary>
/// <param name="Manifest">The contract of its message.</param>
/// <param name="KeepsBytes">Whether the message that is read from it holds on to its bytes.</param>
/// <param name="Sender">Key of the actor that sent it, or 0.</param>
/// <param name="ReceiverBytes">Keys of the actors that it is for.</param>
/// <param name="Message">The message.</param>
internal readonly record struct ReceivedFrame(
    string Manifest, bool KeepsBytes, ulong Sender, ReadOnlyMemory<byte> ReceiverBytes, ReadOnlyMemory<byte> Message)
{
    /// <summary>Its bytes, header and message.</summary>
    internal int Length => DataFrame.HeaderOf(Receivers) + Message.Length;

    /// <summary>How many actors it is for.</summary>
    internal int Receivers => ReceiverBytes.Length / sizeof(ulong);

    /// <summary>The key of one of them.</summary>
    internal ulong ReceiverAt(int place) =>
        BinaryPrimitives.ReadUInt64LittleEndian(ReceiverBytes.Span[(place * sizeof(ulong))..]);
}
