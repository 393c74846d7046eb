using System.Buffers.Binary;
using System.IO.Compression;

namespace Nudge.Coordinator.Tests.Stimuli;

/// <summary>Writes small IDX files, as data sets of other people have them.</summary>
internal static class IdxWriter
{
    internal const int Side = 4;

    /// <summary>Writes a set: an image of each label has the bits of its label's place, so that it can be learned.</summary>
    internal static void WriteSet(
        string folder, int[] labels, string names = "{0}-{1}-{2}", string test = "t10k", bool zipped = false, bool table = false)
    {
        Directory.CreateDirectory(folder);
        int[] distinct = [.. labels.Distinct().Order()];
        foreach (string part in new[] { "train", test })
        {
            byte[] pixels =
            [
                .. labels.SelectMany(label => Enumerable.Range(0, Side * Side)
                    .Select(place => Array.IndexOf(distinct, label) == place ? (byte)250 : (byte)5)),
            ];
            Write(Path.Combine(folder, Name(names, part, "images", "idx3-ubyte")), Images(pixels, labels.Length), zipped);
            string kind = table ? "idx2-int" : "idx1-ubyte";
            Write(Path.Combine(folder, Name(names, part, "labels", kind)), table ? Table(labels) : Bytes(labels), zipped);
        }
    }

    /// <summary>Changes one pixel of a file that is not zipped.</summary>
    internal static void Damage(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 0x40;
        File.WriteAllBytes(path, bytes);
    }

    private static string Name(string names, string part, string content, string kind) =>
        names.Replace("{0}", part, StringComparison.Ordinal)
            .Replace("{1}", content, StringComparison.Ordinal)
            .Replace("{2}", kind, StringComparison.Ordinal);

    private static byte[] Images(byte[] pixels, int count) => [.. Words(0x0803, count, Side, Side), .. pixels];

    private static byte[] Bytes(int[] labels) => [.. Words(0x0801, labels.Length), .. labels.Select(label => (byte)label)];

    // Eight columns, of which the first is the class and the others describe who wrote it.
    private static byte[] Table(int[] labels) =>
        [.. Words(0x0C02, labels.Length, 8), .. labels.SelectMany(label => Words(label, 4, 17, 1, 2, 3, 0, 0))];

    private static byte[] Words(params int[] numbers)
    {
        byte[] bytes = new byte[sizeof(int) * numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(sizeof(int) * i), numbers[i]);
        return bytes;
    }

    private static void Write(string path, byte[] bytes, bool zipped)
    {
        using Stream file = File.Create(zipped ? path + ".gz" : path);
        using Stream target = zipped ? new GZipStream(file, CompressionLevel.Fastest) : file;
        target.Write(bytes);
    }
}
