using System.Buffers.Binary;
using System.Globalization;
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
    private const long LargestBody = 2_000_000_000;

    /// <summary>Reads images.</summary>
    /// <param name="path">The file; <c>.gz</c> is recognised by its first bytes.</param>
    /// <returns>The pixels, the count, and the pixels per image.</returns>
    /// <exception cref="DataException">The file is missing, truncated, corrupt or of another kind.</exception>
    public static (byte[] Pixels, int Count, int Size) ReadImages(string path)
    {
        using Stream stream = Open(path);
        ReadOnlySpan<int> header = ReadHeader(stream, path, 4);
        if (header[0] != ImageMagic)
            throw BadMagic(path, header[0], $"0x{ImageMagic:X8}, IDX images");
        (int count, int rows, int columns) = (header[1], header[2], header[3]);
        if (count <= 0 || rows <= 0 || columns <= 0 || (long)count * rows * columns > LargestBody)
            throw Bad(path, 4, $"{count} images of {rows}×{columns}", "positive sizes of at most 2 GB together");
        return (ReadBody(stream, path, 16, count * rows * columns), count, rows * columns);
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
        if (count <= 0 || columns <= 0 || (long)count * columns * width > LargestBody)
            throw Bad(path, 4, $"{count} labels in {columns} columns", "positive sizes of at most 2 GB together");
        int offset = header[0] == NumberTableMagic ? 12 : 8;
        byte[] body = ReadBody(stream, path, offset, count * columns * width);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
            labels[i] = width == 1 ? body[i] : BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(i * columns * width));
        return labels;
    }

    private static int ReadColumns(Stream stream, string path)
    {
        byte[] bytes = new byte[4];
        int read = ReadUpTo(stream, path, bytes);
        return read == bytes.Length
            ? BinaryPrimitives.ReadInt32BigEndian(bytes)
            : throw Bad(path, 8 + read, "the end of the file", "a header of 12 bytes");
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
        int read = ReadUpTo(stream, path, bytes);
        if (read < bytes.Length)
            throw Bad(path, read, "the end of the file", $"a header of {bytes.Length} bytes");
        int[] header = new int[words];
        for (int i = 0; i < words; i++)
            header[i] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 * i));
        return header;
    }

    private static byte[] ReadBody(Stream stream, string path, int offset, int length)
    {
        // Grown by what truly arrives: a header alone cannot make the program allocate.
        const int Piece = 1 << 20;
        byte[] body = new byte[Math.Min(length, Piece)];
        int filled = 0;
        while (filled < length)
        {
            if (filled == body.Length)
                Array.Resize(ref body, (int)Math.Min(length, 2L * body.Length));
            int read = ReadUpTo(stream, path, body.AsSpan(filled));
            if (read == 0)
                throw Bad(path, offset + filled, "the end of the file", $"{length - filled} more bytes");
            filled += read;
        }

        byte[] one = new byte[1];
        return ReadUpTo(stream, path, one) == 0
            ? body
            : throw Bad(path, offset + (long)length, "more bytes", "the end of the file, by its own header");
    }

    private static int ReadUpTo(Stream stream, string path, Span<byte> buffer)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            // The framework's message is about archives and compression methods, and does not help here.
            throw new DataException($"{path}: the compressed data is corrupt, or its checksum does not fit; get the file anew", error);
        }
        catch (IOException error)
        {
            throw new DataException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    private static DataException BadMagic(string path, int found, string expected) =>
        Bad(path, 0, $"the magic number 0x{found:X8}", expected);

    private static DataException Bad(string path, long offset, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}: byte {offset}: found {found}; expected {expected}"));
}
