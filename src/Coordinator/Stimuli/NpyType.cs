using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Nudge.Stimuli;

/// <summary>The type of an item of an .npy array.</summary>
/// <param name="Name">As NumPy writes it, such as <c>&lt;f4</c>.</param>
/// <param name="Kind">b, i, u or f for numbers; U or S for texts.</param>
/// <param name="Size">Bytes of an item.</param>
/// <param name="BigEndian">Whether the first byte is the highest.</param>
internal sealed record NpyType(string Name, char Kind, int Size, bool BigEndian)
{
    /// <summary>What can be read.</summary>
    internal const string Expected = "truth values (?), whole numbers (i1 to i8, u1 to u8), floats (f2, f4, f8) or texts (U, S); objects are pickled programs and never read";

    private const int LongestText = 1000;

    /// <summary>Whether items are texts.</summary>
    internal bool IsText => Kind is 'U' or 'S';

    /// <summary>The type of a name; null for one that is not read.</summary>
    internal static NpyType? Of(string name)
    {
        if (name is "?" or "|?")
            return new(name, 'b', 1, false);
        if (name.Length < 3 || name[0] is not ('<' or '>' or '|' or '=')
            || !int.TryParse(name.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            return null;
        }

        bool known = (name[1], size) switch
        {
            ('b', 1) or ('f', 2 or 4 or 8) or ('i' or 'u', 1 or 2 or 4 or 8) => true,
            ('U' or 'S', > 0 and <= LongestText) => true,
            _ => false,
        };
        return known ? new(name, name[1], name[1] == 'U' ? size * sizeof(uint) : size, name[0] == '>') : null;
    }

    /// <summary>The number that an item is.</summary>
    internal double Number(ReadOnlySpan<byte> item) => (Kind, Size) switch
    {
        ('b', _) => item[0] == 0 ? 0 : 1,
        ('u', 1) => item[0],
        ('i', 1) => (sbyte)item[0],
        ('u', 2) => BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(item) : BinaryPrimitives.ReadUInt16LittleEndian(item),
        ('i', 2) => BigEndian ? BinaryPrimitives.ReadInt16BigEndian(item) : BinaryPrimitives.ReadInt16LittleEndian(item),
        ('u', 4) => BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(item) : BinaryPrimitives.ReadUInt32LittleEndian(item),
        ('i', 4) => BigEndian ? BinaryPrimitives.ReadInt32BigEndian(item) : BinaryPrimitives.ReadInt32LittleEndian(item),
        ('u', 8) => BigEndian ? BinaryPrimitives.ReadUInt64BigEndian(item) : BinaryPrimitives.ReadUInt64LittleEndian(item),
        ('i', 8) => BigEndian ? BinaryPrimitives.ReadInt64BigEndian(item) : BinaryPrimitives.ReadInt64LittleEndian(item),
        ('f', 2) => (double)(BigEndian ? BinaryPrimitives.ReadHalfBigEndian(item) : BinaryPrimitives.ReadHalfLittleEndian(item)),
        ('f', 4) => BigEndian ? BinaryPrimitives.ReadSingleBigEndian(item) : BinaryPrimitives.ReadSingleLittleEndian(item),
        ('f', 8) => BigEndian ? BinaryPrimitives.ReadDoubleBigEndian(item) : BinaryPrimitives.ReadDoubleLittleEndian(item),
        _ => throw new InvalidOperationException($"{Name} is no number."),
    };

    /// <summary>An item as a text: a text without the zeros behind it, or a number.</summary>
    internal string Text(ReadOnlySpan<byte> item) => Kind switch
    {
        'U' => (BigEndian ? new UTF32Encoding(bigEndian: true, byteOrderMark: false) : Encoding.UTF32).GetString(item).TrimEnd('\0'),
        'S' => Encoding.UTF8.GetString(item).TrimEnd('\0'),
        _ => Number(item).ToString("R", CultureInfo.InvariantCulture),
    };
}
