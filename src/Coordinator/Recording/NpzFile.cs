using System.IO.Compression;

namespace Nudge.Recording;

/// <summary>One array of an .npz file.</summary>
/// <param name="Name">Its name, in ASCII.</param>
/// <param name="Shape">Its dimensions; none for a single number.</param>
/// <param name="Values">Its values in C order.</param>
public sealed record NpzArray(string Name, IReadOnlyList<int> Shape, float[] Values);

/// <summary>NumPy's .npz: a zip of .npy arrays, uncompressed. The bytes are a function of the content alone.</summary>
public static class NpzFile
{
    private const string Ending = ".npy";

    /// <summary>Writes arrays of 32-bit floats.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="arrays">The arrays; names must differ.</param>
    public static void Write(Stream stream, IEnumerable<NpzArray> arrays)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        var zip = new StoredZip(stream);
        var names = new HashSet<string>();
        foreach (NpzArray array in arrays)
        {
            if (array.Shape.Aggregate(1, (product, size) => checked(product * size)) != array.Values.Length)
                throw new ArgumentException($"{array.Name}: the values do not fit the shape", nameof(arrays));
            if (!names.Add(array.Name))
                throw new ArgumentException($"{array.Name}: two arrays of one name", nameof(arrays));
            zip.Add(array.Name + Ending, NpyFormat.Encode(array.Shape, array.Values));
        }

        zip.Finish();
    }

    /// <summary>Reads arrays of 32-bit floats, compressed or not.</summary>
    /// <param name="stream">A seekable stream.</param>
    /// <exception cref="InvalidDataException">The file is of another kind.</exception>
    public static IReadOnlyList<NpzArray> Read(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        return [.. zip.Entries.Select(Read)];
    }

    private static NpzArray Read(ZipArchiveEntry entry)
    {
        using var bytes = new MemoryStream();
        using (Stream source = entry.Open())
            source.CopyTo(bytes);
        (int[] shape, float[] values) = NpyFormat.Decode(
            entry.FullName, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        return new(entry.FullName[..^Ending.Length], shape, values);
    }
}
