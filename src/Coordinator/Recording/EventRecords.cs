using System.Buffers.Binary;
using System.Numerics;

namespace Nudge.Recording;

/// <summary>Records of an event file: length, its check, data, their check (TFRecord). All numbers are little-endian.</summary>
internal static class EventRecords
{
    private const int LengthSize = sizeof(ulong);
    private const int CheckSize = sizeof(uint);
    private const uint MaskAddend = 0xa282ead8;

    /// <summary>One record.</summary>
    internal static byte[] Frame(ReadOnlySpan<byte> data)
    {
        byte[] record = new byte[LengthSize + CheckSize + data.Length + CheckSize];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(LengthSize), MaskedCheck(record.AsSpan(0, LengthSize)));
        data.CopyTo(record.AsSpan(LengthSize + CheckSize));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - CheckSize), MaskedCheck(data));
        return record;
    }

    /// <summary>The data of all complete records of a file, each with the place at which its record ends.</summary>
    internal static IEnumerable<(byte[] Data, int End)> Split(byte[] file)
    {
        int at = 0;
        while (at + LengthSize + CheckSize <= file.Length)
        {
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            int begin = at + LengthSize + CheckSize;
            // What follows the last complete record was torn by a kill.
            if (length > (ulong)Math.Max(0, file.Length - begin - CheckSize))
                yield break;
            at = begin + (int)length + CheckSize;
            yield return (file[begin..(begin + (int)length)], at);
        }
    }

    // CRC-32C, turned and shifted, since the checks of data that hold checks themselves would be weak.
    private static uint MaskedCheck(ReadOnlySpan<byte> data)
    {
        uint check = uint.MaxValue;
        foreach (byte one in data)
            check = BitOperations.Crc32C(check, one);
        return BitOperations.RotateRight(~check, 15) + MaskAddend;
    }
}
