using System.Globalization;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>Reads bytes whose number a header states. Nothing is trusted: no more is allocated than truly arrives.</summary>
internal static class BinaryBody
{
    /// <summary>The most bytes that a file may state.</summary>
    internal const long Largest = 2_000_000_000;

    /// <summary>Reads all that is left of a stream.</summary>
    /// <param name="stream">Behind its header.</param>
    /// <param name="path">The file, for errors.</param>
    /// <param name="offset">Length of the header, for errors.</param>
    /// <param name="length">How many bytes the header states, at most <see cref="Largest"/>.</param>
    /// <exception cref="DataException">There are fewer bytes or more.</exception>
    internal static byte[] Read(Stream stream, string path, int offset, int length)
    {
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

    /// <summary>Fills a buffer, or what of it the stream can fill.</summary>
    /// <exception cref="DataException">The stream cannot be read.</exception>
    internal static int ReadUpTo(Stream stream, string path, Span<byte> buffer)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            // The framework's message is about archives and compression methods, and does not help here.
            throw new DataException($"{path}: the compressed data is corrupt, or its checksum does not fit; get the file again", error);
        }
        catch (IOException error)
        {
            throw new DataException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    /// <summary>An error at a byte.</summary>
    internal static DataException Bad(string path, long offset, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}: byte {offset}: found {found}; expected {expected}"));
}
