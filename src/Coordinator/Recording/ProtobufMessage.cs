using System.Buffers.Binary;
using System.Text;

namespace Nudge.Recording;

/// <summary>One message of Protocol Buffers as bytes, field by field; of their types those that event files need.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0;
    private const int EightBytes = 1;
    private const int Length = 2;
    private const int FourBytes = 5;
    private readonly List<byte> _bytes = [];

    internal byte[] ToArray() => [.. _bytes];

    internal ProtobufMessage Number(int field, long value)
    {
        Key(field, Varint);
        Write((ulong)value);
        return this;
    }

    internal ProtobufMessage Double(int field, double value)
    {
        Key(field, EightBytes);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    internal ProtobufMessage Single(int field, float value)
    {
        Key(field, FourBytes);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    internal ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    internal ProtobufMessage Message(int field, ProtobufMessage value) => Bytes(field, value.ToArray());

    private ProtobufMessage Bytes(int field, byte[] value)
    {
        Key(field, Length);
        Write((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    private void Key(int field, int type) => Write((ulong)((field << 3) | type));

    private void Write(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        _bytes.Add((byte)value);
    }
}
