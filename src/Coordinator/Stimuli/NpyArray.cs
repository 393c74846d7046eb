using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>
/// An array of NumPy's .npy, formats 1.0, 2.0 and 3.0, in either byte order and either order of dimensions. Objects, which are
/// stored as pickled programs, are refused. The header is trusted in nothing: see <see cref="BinaryBody"/>.
/// </summary>
/// <param name="Type">The type of an item.</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Items">The bytes of all items in C order, as the file has them.</param>
internal sealed partial record NpyArray(NpyType Type, IReadOnlyList<int> Shape, byte[] Items)
{
    private const int LongestHeader = 1 << 16;
    private const int MostDimensions = 8;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Number of items.</summary>
    internal int Count => Items.Length / Type.Size;

    /// <summary>The array as an error or a list names it, such as 100×28×28 of |u1.</summary>
    internal string Words => WordsOf(Type, Shape);

    /// <summary>Reads an array.</summary>
    /// <param name="stream">The .npy file.</param>
    /// <param name="where">The file, and the array within it, for errors.</param>
    /// <exception cref="DataException">It is damaged, too large or of another type.</exception>
    internal static NpyArray Read(Stream stream, string where)
    {
        (NpyType type, bool fortran, int[] shape, int offset) = ReadHeader(stream, where);
        long count = shape.Aggregate(1L, (product, size) => product * size);
        byte[] items = BinaryBody.Read(stream, where, offset, (int)(count * type.Size));
        return new(type, shape, fortran && shape.Length > 1 ? Turned(items, shape, type.Size) : items);
    }

    /// <summary>The type and the dimensions of an array, from its header alone.</summary>
    /// <exception cref="DataException">It is damaged, too large or of another type.</exception>
    internal static (NpyType Type, int[] Shape) ReadShape(Stream stream, string where)
    {
        (NpyType type, _, int[] shape, _) = ReadHeader(stream, where);
        return (type, shape);
    }

    /// <summary>A type and dimensions in words.</summary>
    internal static string WordsOf(NpyType type, IReadOnlyList<int> shape) =>
        $"{(shape.Count == 0 ? "a single value" : string.Join('×', shape))} of {type.Name}";

    private static (NpyType Type, bool Fortran, int[] Shape, int Offset) ReadHeader(Stream stream, string where)
    {
        Span<byte> start = stackalloc byte[8];
        if (BinaryBody.ReadUpTo(stream, where, start) < start.Length || !start[..Magic.Length].SequenceEqual(Magic))
            throw BinaryBody.Bad(where, 0, "other bytes", "those that an .npy file begins with");
        if (start[6] is < 1 or > 3)
            throw BinaryBody.Bad(where, 6, $"format {start[6]}.{start[7]}", "format 1.0, 2.0 or 3.0");
        byte[] size = new byte[start[6] == 1 ? sizeof(ushort) : sizeof(uint)];
        int read = BinaryBody.ReadUpTo(stream, where, size);
        if (read < size.Length)
            throw BinaryBody.Bad(where, start.Length + read, "the end of the file", "the length of the header");
        uint length = size.Length == sizeof(ushort) ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > LongestHeader)
            throw BinaryBody.Bad(where, start.Length, $"a header of {length} bytes", $"at most {LongestHeader}");
        byte[] text = new byte[length];
        int at = start.Length + size.Length;
        read = BinaryBody.ReadUpTo(stream, where, text);
        if (read < text.Length)
            throw BinaryBody.Bad(where, at + read, "the end of the file", $"a header of {length} bytes");
        (NpyType type, bool fortran, int[] shape) = Parse(Encoding.UTF8.GetString(text), where, at);
        return (type, fortran, shape, at + text.Length);
    }

    private static (NpyType Type, bool Fortran, int[] Shape) Parse(string header, string where, int at)
    {
        Match match = HeaderPattern().Match(header);
        if (!match.Success)
        {
            throw BinaryBody.Bad(
                where, at, $"the header {CellText.Shown(header.Trim())}", "'descr' with a simple type, 'fortran_order' and 'shape'");
        }

        NpyType type = NpyType.Of(match.Groups["descr"].Value)
            ?? throw BinaryBody.Bad(where, at, $"items of {match.Groups["descr"].Value}", NpyType.Expected);
        string[] sizes = [.. match.Groups["size"].Captures.Select(size => size.Value)];
        if (sizes.Length > MostDimensions)
            throw BinaryBody.Bad(where, at, $"{sizes.Length} dimensions", $"at most {MostDimensions}");
        int[] shape = new int[sizes.Length];
        long bytes = type.Size;
        for (int i = 0; i < sizes.Length; i++)
        {
            bool known = int.TryParse(sizes[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]);
            bytes = known && shape[i] > 0 ? bytes * shape[i] : long.MaxValue;
            if (bytes > BinaryBody.Largest)
                throw BinaryBody.Bad(where, at, $"the shape ({string.Join(", ", sizes)})", "sizes above 0 and at most 2 GB together");
        }

        return (type, match.Groups["fortran"].Value == "True", shape);
    }

    // Of two dimensions this is a transposition.
    private static byte[] Turned(byte[] items, int[] shape, int size)
    {
        byte[] turned = new byte[items.Length];
        int[] index = new int[shape.Length];
        for (int target = 0; target < items.Length; target += size)
        {
            int source = 0;
            for (int d = shape.Length - 1; d >= 0; d--)
                source = (source * shape[d]) + index[d];
            items.AsSpan(source * size, size).CopyTo(turned.AsSpan(target));
            for (int d = shape.Length - 1; d >= 0 && ++index[d] == shape[d]; d--)
                index[d] = 0;
        }

        return turned;
    }

    [GeneratedRegex(
        @"^\s*\{\s*(?:(?:'descr'\s*:\s*'(?<descr>[^']{1,32})'|'fortran_order'\s*:\s*(?<fortran>True|False)|'shape'\s*:\s*\(\s*(?:(?<size>[0-9]{1,20})L?\s*,?\s*)*\))\s*,?\s*){3}\}\s*$",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex HeaderPattern();
}
