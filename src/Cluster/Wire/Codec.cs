using System.Buffers;
using System.Collections.Frozen;
using MessagePack;

namespace Nudge.Wire;

/// <summary>Turns messages into bytes and back, without Akka.</summary>
/// <param name="format">How activity is written; any format is read.</param>
internal sealed class Codec(ValueFormat format)
{
    private static readonly FrozenDictionary<Type, Contract> ByType = Contracts.All.ToFrozenDictionary(one => one.Type);
    private static readonly FrozenDictionary<string, Contract> ByManifest =
        Contracts.All.ToFrozenDictionary(one => one.Manifest, StringComparer.Ordinal);

    [ThreadStatic]
    private static FrameWriter? _frame;

    /// <summary>The manifest of a message.</summary>
    /// <exception cref="MessagePackSerializationException">There is no contract for it.</exception>
    internal static string ManifestOf(object message) => ContractOf(message).Manifest;

    /// <summary>The manifest of all messages of a type that has a contract.</summary>
    internal static string ManifestOfType(Type type) => ByType[type].Manifest;

    internal byte[] Write(object message)
    {
        FrameWriter frame = _frame ??= new();
        frame.Clear();
        Write(frame, message);
        return frame.Take();
    }

    /// <summary>Writes one message behind what a buffer holds.</summary>
    internal void Write(IBufferWriter<byte> into, object message)
    {
        var writer = new MessagePackWriter(into);
        ContractOf(message).Write(ref writer, message, format);
        writer.Flush();
    }

    /// <summary>Reads one message; whatever the bytes are, it ends with a message or the one exception.</summary>
    /// <exception cref="MessagePackSerializationException">The bytes are not a message of that kind.</exception>
    internal static object Read(ReadOnlyMemory<byte> bytes, string manifest)
    {
        if (!ByManifest.TryGetValue(manifest, out Contract? contract))
            throw new MessagePackSerializationException("the kind of message is unknown");
        try
        {
            var reader = new MessagePackReader(bytes);
            object message = contract.Read(ref reader);
            return reader.End
                ? message
                : throw new MessagePackSerializationException($"bytes are left over behind a message of kind {manifest}");
        }
        catch (Exception error) when (error is EndOfStreamException or OverflowException or ArgumentException)
        {
            throw new MessagePackSerializationException($"the bytes are not a message of kind {manifest}", error);
        }
    }

    private static Contract ContractOf(object message) => ByType.TryGetValue(message.GetType(), out Contract? contract)
        ? contract
        : throw new MessagePackSerializationException($"{message.GetType()} is not sent between machines");
}
