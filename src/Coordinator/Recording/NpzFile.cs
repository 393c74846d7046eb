using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Nudge.Recording;

/// <summary>One array of an .npz file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Values">Its values in C order.</param>
public sealed record NpzArray(string Name, IReadOnlyList<int> Shape, float[] Values);

/// <summary>NumPy's .npz: a zip of .npy arrays. The bytes are a function of the content alone.</summary>
public static class NpzFile
{
    private const int HeaderAlignment = 64;
    private static readonly DateTimeOffset Timestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    /// <summary>Writes arrays of 32-bit floats, uncompressed.</summary>
    public static void Write(Stream stream, IEnumerable<NpzArray> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (NpzArray array in arrays)
        {
            ZipArchiveEntry entry = zip.CreateEntry($"{array.Name}.npy", CompressionLevel.NoCompression);
            entry.LastWriteTime = Timestamp;
            using Stream target = entry.Open();
            target.Write(Header(array.Shape));
            target.Write(MemoryMarshal.AsBytes(array.Values.AsSpan()));
        }
    }

    /// <summary>Reads arrays of 32-bit floats.</summary>
    /// <exception cref="InvalidDataException">The file is of another kind.</exception>
    public static IReadOnlyList<NpzArray> Read(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        return [.. zip.Entries.Select(ReadEntry)];
    }

    private static byte[] Header(IReadOnlyList<int> shape)
    {
        string dimensions = string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        string text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({dimensions}{(shape.Count == 1 ? "," : "")}), }}";
        int unpadded = Magic.Length + sizeof(ushort) + text.Length + 1;
        int length = (unpadded + HeaderAlignment - 1) / HeaderAlignment * HeaderAlignment;
        byte[] header = new byte[length];
        header.AsSpan().Fill((byte)' ');
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(
            header.AsSpan(Magic.Length), (ushort)(length - Magic.Length - sizeof(ushort)));
        Encoding.ASCII.GetBytes(text, header.AsSpan(Magic.Length + sizeof(ushort)));
        header[^1] = (byte)'\n';
        return header;
    }

    private static NpzArray ReadEntry(ZipArchiveEntry entry)
    {
        using var bytes = new MemoryStream();
        using (Stream source = entry.Open())
            source.CopyTo(bytes);
        ReadOnlySpan<byte> file = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        if (file.Length < 10 || !file[..Magic.Length].SequenceEqual(Magic))
            throw new InvalidDataException($"{entry.FullName}: expected version 1.0 of the .npy format");
        int length = BinaryPrimitives.ReadUInt16LittleEndian(file[Magic.Length..]);
        string header = Encoding.ASCII.GetString(file.Slice(Magic.Length + 2, length));
        if (!header.Contains("'<f4'", StringComparison.Ordinal) || !header.Contains("False", StringComparison.Ordinal))
            throw new InvalidDataException($"{entry.FullName}: expected 32-bit floats in C order");
        string inner = header[(header.IndexOf('(', StringComparison.Ordinal) + 1)..header.IndexOf(')', StringComparison.Ordinal)];
        int[] shape =
        [
            .. inner.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(size => int.Parse(size, CultureInfo.InvariantCulture)),
        ];
        float[] values = MemoryMarshal.Cast<byte, float>(file[(Magic.Length + 2 + length)..]).ToArray();
        return values.Length == shape.Aggregate(1, (product, size) => product * size)
            ? new(Path.GetFileNameWithoutExtension(entry.FullName), shape, values)
            : throw new InvalidDataException($"{entry.FullName}: the values do not fit the shape");
    }
}
