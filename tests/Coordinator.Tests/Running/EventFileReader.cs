using System.Buffers.Binary;
using System.Text;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>One event of an event file, as a reader that knows nothing of the writer sees it.</summary>
internal sealed record BoardEvent(double Wall, long Step, string? FileVersion, bool Starts, IReadOnlyDictionary<string, float> Scalars);

/// <summary>
/// Reads the event files of TensorBoard by the published formats: TFRecord with masked CRC-32C, and event.proto, summary.proto.
/// </summary>
internal static class EventFileReader
{
    private const uint ReversedCastagnoli = 0x82f63b78;

    internal static IReadOnlyList<BoardEvent> ReadFolder(string folder) =>
        [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).SelectMany(file => Read(File.ReadAllBytes(file)))];

    internal static IReadOnlyList<BoardEvent> Read(byte[] file)
    {
        var events = new List<BoardEvent>();
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(MaskedCrc(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            ReadOnlySpan<byte> data = file.AsSpan(at + 12, length);
            Assert.Equal(MaskedCrc(data), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            events.Add(Event(data));
            at += 12 + length + 4;
        }

        return events;
    }

    internal static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        uint crc = Crc(data);
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8u;
    }

    internal static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = 0xffffffff;
        foreach (byte one in data)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ ReversedCastagnoli : crc >> 1;
        }

        return ~crc;
    }

    private static BoardEvent Event(ReadOnlySpan<byte> data)
    {
        (double wall, long step, string? version, bool starts) = (0, 0, null, false);
        var scalars = new Dictionary<string, float>();
        while (!data.IsEmpty)
        {
            ulong key = Varint(ref data);
            switch (key)
            {
                case (1 << 3) | 1:
                    wall = BinaryPrimitives.ReadDoubleLittleEndian(Take(ref data, 8));
                    break;
                case 2 << 3:
                    step = (long)Varint(ref data);
                    break;
                case (3 << 3) | 2:
                    version = Encoding.UTF8.GetString(Take(ref data, (int)Varint(ref data)));
                    break;
                case (5 << 3) | 2:
                    Summary(Take(ref data, (int)Varint(ref data)), scalars);
                    break;
                case (7 << 3) | 2:
                    ReadOnlySpan<byte> log = Take(ref data, (int)Varint(ref data));
                    // SessionLog.status = START.
                    starts = log.SequenceEqual<byte>([1 << 3, 1]);
                    break;
                default:
                    Assert.Fail($"a field of key {key}");
                    break;
            }
        }

        return new(wall, step, version, starts, scalars);
    }

    private static void Summary(ReadOnlySpan<byte> data, Dictionary<string, float> scalars)
    {
        while (!data.IsEmpty)
        {
            Assert.Equal((1ul << 3) | 2, Varint(ref data));
            ReadOnlySpan<byte> value = Take(ref data, (int)Varint(ref data));
            Assert.Equal((1ul << 3) | 2, Varint(ref value));
            string tag = Encoding.UTF8.GetString(Take(ref value, (int)Varint(ref value)));
            Assert.Equal((2ul << 3) | 5, Varint(ref value));
            scalars.Add(tag, BinaryPrimitives.ReadSingleLittleEndian(Take(ref value, 4)));
            Assert.True(value.IsEmpty);
        }
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> data, int length)
    {
        ReadOnlySpan<byte> taken = data[..length];
        data = data[length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> data)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte one = Take(ref data, 1)[0];
            value |= (ulong)(one & 0x7f) << shift;
            if (one < 0x80)
                return value;
        }
    }
}
