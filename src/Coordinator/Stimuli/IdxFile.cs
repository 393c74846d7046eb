using System.Buffers.Binary;
using System.IO.Compression;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>
/// Reads the IDX format of MNIST, gzipped or not. Nothing is trusted: no more is read or allocated than the header
/// states and the file can hold.
/// </summary>
public static class IdxFile
{
    private const int ImageMagic = 0x0803;
    private const int ByteLabelMagic = 0x0801;
    private const int NumberLabelMagic = 0x0C01;
    private const int NumberTableMagic = 0x0C02;

    /// <summary>Reads images.</summary>
    /// <param name="path">The file; <c>.gz</c> is recognised by its first bytes.</param>
    /// <returns>The pixels, the count, and the rows and columns of an image.</returns>
    /// <exception cref="DataException">The file is missing, truncated, corrupt or of another kind.</exception>
    public static (byte[] Pixels, int Count, int Rows, int Columns) ReadImages(string path)
    {
        using Stream stream = Open(path);
        ReadOnlySpan<int> header = ReadHeader(stream, path, 4);
        if (header[0] != ImageMagic)
            throw BadMagic(path, header[0], $"0x{ImageMagic:X8}, IDX images");
        (int count, int rows, int columns) = (header[1], header[2], header[3]);
        if (count <= 0 || rows <= 0 || columns <= 0 || (long)count * rows * columns > BinaryBody.Largest)
            throw BinaryBody.Bad(path, 4, $"{count} images of {rows}×{columns}", "positive sizes of at most 2 GB together");
        return (BinaryBody.Read(stream, path, 16, count * rows * columns), count, rows, columns);
    }

    /// <summary>
    /// Reads labels: a byte each (MNIST, EMNIST), a number of 32 bits each, or a row of such numbers each, of which the first
    /// is the class (QMNIST).
    /// </summary>
    /// <exception cref="DataException">The file is missing, truncated, corrupt or of another kind.</exception>
    public static int[] ReadLabels(string path)
    {
        using Stream stream = Open(path);
        int[] header = ReadHeader(stream, path, 2);
        int columns = header[0] switch
        {
            ByteLabelMagic or NumberLabelMagic => 1,
            NumberTableMagic => ReadColumns(stream, path),
            _ => throw BadMagic(
                path, header[0], $"0x{ByteLabelMagic:X8}, 0x{NumberLabelMagic:X8} or 0x{NumberTableMagic:X8}, IDX labels"),
        };
        int width = header[0] == ByteLabelMagic ? 1 : sizeof(int);
        int count = header[1];
        if (count <= 0 || columns <= 0 || (long)count * columns * width > BinaryBody.Largest)
            throw BinaryBody.Bad(path, 4, $"{count} labels in {columns} columns", "positive sizes of at most 2 GB together");
        int offset = header[0] == NumberTableMagic ? 12 : 8;
        byte[] body = BinaryBody.Read(stream, path, offset, count * columns * width);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
            labels[i] = width == 1 ? body[i] : BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(i * columns * width));
        return labels;
    }

    private static int ReadColumns(Stream stream, string path)
    {
        byte[] bytes = new byte[4];
        int read = BinaryBody.ReadUpTo(stream, path, bytes);
        return read == bytes.Length
            ? BinaryPrimitives.ReadInt32BigEndian(bytes)
            : throw BinaryBody.Bad(path, 8 + read, "the end of the file", "a header of 12 bytes");
    }

    private static Stream Open(string path)
    {
        try
        {
            FileStream file = File.OpenRead(path);
            int first = file.ReadByte();
            int second = file.ReadByte();
            file.Position = 0;
            return first == 0x1F && second == 0x8B ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    private static int[] ReadHeader(Stream stream, string path, int words)
    {
        byte[] bytes = new byte[4 * words];
        int read = BinaryBody.ReadUpTo(stream, path, bytes);
        if (read < bytes.Length)
            throw BinaryBody.Bad(path, read, "the end of the file", $"a header of {bytes.Length} bytes");
        int[] header = new int[words];
        for (int i = 0; i < words; i++)
            header[i] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 * i));
        return header;
    }

    private static DataException BadMagic(string path, int found, string expected) =>
        BinaryBody.Bad(path, 0, $"the magic number 0x{found:X8}", expected);
}
