using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Nudge.Recording;

/// <summary>
/// NumPy's .npy, format 1.0 (NEP 1): magic, version, length of a header padded to 64 bytes, a Python dictionary, and
/// the values; here always 32-bit little-endian floats in C order.
/// </summary>
internal static partial class NpyFormat
{
    private const int Alignment = 64;
    private const int LengthAt = 8;
    private const int TextAt = 10;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    internal static byte[] Encode(IReadOnlyList<int> shape, ReadOnlySpan<float> values)
    {
        string dimensions = string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        string comma = shape.Count == 1 ? "," : "";
        string text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({dimensions}{comma}), }}";
        int start = (TextAt + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] bytes = new byte[start + (values.Length * sizeof(float))];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(LengthAt), checked((ushort)(start - TextAt)));
        bytes.AsSpan(TextAt, start - TextAt).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(TextAt));
        bytes[start - 1] = (byte)'\n';
        Span<byte> rest = bytes.AsSpan(start);
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(rest[(i * sizeof(float))..], values[i]);
        return bytes;
    }

    internal static (int[] Shape, float[] Values) Decode(string name, ReadOnlySpan<byte> file)
    {
        if (file.Length < TextAt || !file[..Magic.Length].SequenceEqual(Magic))
            throw new InvalidDataException($"{name}: expected format 1.0 of .npy");
        int start = TextAt + BinaryPrimitives.ReadUInt16LittleEndian(file[LengthAt..]);
        if (file.Length < start)
            throw new InvalidDataException($"{name}: ends within its header");
        Match header = HeaderPattern().Match(Encoding.ASCII.GetString(file[TextAt..start]));
        if (!header.Success)
            throw new InvalidDataException($"{name}: expected 32-bit little-endian floats in C order");
        int[] shape = ShapeOf(header);
        ReadOnlySpan<byte> rest = file[start..];
        if (rest.Length != shape.Aggregate(sizeof(float), (bytes, size) => checked(bytes * size)))
            throw new InvalidDataException($"{name}: {rest.Length} bytes do not fit ({string.Join(", ", shape)})");
        float[] values = new float[rest.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(rest[(i * sizeof(float))..]);
        return (shape, values);
    }

    private static int[] ShapeOf(Match header) =>
        [.. header.Groups["size"].Captures.Select(size => int.Parse(size.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(
        @"^\{'descr': '<f4', 'fortran_order': False, 'shape': \(((?<size>\d+)(,|(, (?<size>\d+))+))?\), \} *\n$",
        RegexOptions.CultureInvariant)]
    private static partial Regex HeaderPattern();
}
