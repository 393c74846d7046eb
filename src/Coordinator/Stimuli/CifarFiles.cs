using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>
/// The binary form of CIFAR-10: records of a label and the 32×32 pixels of a red, a green and a blue plane, a byte each.
/// </summary>
internal static class CifarFiles
{
    /// <summary>Pixels along one side.</summary>
    internal const int Side = 32;

    /// <summary>Pixels of an image.</summary>
    internal const int Pixels = Side * Side;

    /// <summary>Values of an image in colour.</summary>
    internal const int Values = 3 * Pixels;

    /// <summary>Number of classes.</summary>
    internal const int Classes = 10;

    private const int Record = 1 + Values;
    private const string Names = "batches.meta.txt";

    // What the archive calls its folder.
    private const string Unpacked = "cifar-10-batches-bin";

    private static readonly string[] Usual =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>The files of training images.</summary>
    internal static IReadOnlyList<string> Train { get; } = [.. Enumerable.Range(1, 5).Select(number => $"data_batch_{number}.bin")];

    /// <summary>The file of held-out images.</summary>
    internal static IReadOnlyList<string> Test { get; } = ["test_batch.bin"];

    /// <summary>All files that are used.</summary>
    internal static IReadOnlyList<string> All { get; } = [.. Train, .. Test, Names];

    /// <summary>Whether a folder has the first of the files, itself or in the folder of the unpacked archive.</summary>
    internal static bool AreIn(string folder) =>
        File.Exists(Path.Combine(folder, Train[0])) || File.Exists(Path.Combine(folder, Unpacked, Train[0]));

    /// <summary>The folder that has the files.</summary>
    /// <exception cref="DataException">There is none.</exception>
    internal static string Find(string folder) => !AreIn(folder)
        ? throw new DataException(
            $"{folder}: no file {Train[0]}; expected {string.Join(", ", Train.Concat(Test))}. nudge data fetch cifar-10 fetches them")
        : File.Exists(Path.Combine(folder, Train[0])) ? folder : Path.Combine(folder, Unpacked);

    /// <summary>The label of each class, from the folder, or the usual ones.</summary>
    internal static IReadOnlyList<string> Labels(string folder)
    {
        string path = Path.Combine(folder, Names);
        if (!File.Exists(path))
            return Usual;
        string[] lines = [.. File.ReadLines(path).Take(Classes + 10).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return lines.Length == Classes
            ? lines
            : throw new DataException($"{path}: {lines.Length} lines; expected {Classes}, a label for each class");
    }

    /// <summary>Reads images.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">The files, which are taken as one.</param>
    /// <param name="wanted">The first so many, or null for all.</param>
    /// <param name="grey">Whether to make brightness of colours.</param>
    /// <exception cref="DataException">A file is missing or damaged, or there are fewer images.</exception>
    internal static ImageSet Read(string folder, IReadOnlyList<string> files, int? wanted, bool grey)
    {
        byte[][] all = [.. files.Select(file => Read(Path.Combine(folder, file)))];
        int count = all.Sum(file => file.Length / Record);
        if (wanted > count)
            throw new DataException($"{folder}: {count} images in {string.Join(", ", files)}; the experiment asks for {wanted}");
        int size = grey ? Pixels : Values;
        int used = wanted ?? count;
        byte[] pixels = new byte[used * size];
        int[] labels = new int[used];
        int image = 0;
        foreach (byte[] file in all)
        {
            for (int at = 0; at < file.Length && image < used; at += Record, image++)
            {
                labels[image] = file[at];
                Copy(file.AsSpan(at + 1, Values), pixels.AsSpan(image * size, size));
            }
        }

        return new(pixels, labels, size, Classes);
    }

    private static void Copy(ReadOnlySpan<byte> colours, Span<byte> target)
    {
        if (target.Length == Values)
        {
            colours.CopyTo(target);
            return;
        }

        // 299, 587 and 114 thousandths, rounded.
        for (int i = 0; i < Pixels; i++)
            target[i] = (byte)(((299 * colours[i]) + (587 * colours[Pixels + i]) + (114 * colours[(2 * Pixels) + i]) + 500) / 1000);
    }

    private static byte[] Read(string path)
    {
        byte[] bytes;
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length is 0 or > 1_000_000_000 || file.Length % Record != 0)
                throw new DataException($"{path}: {file.Length} bytes; expected a multiple of {Record}, a label and {Values} values for each image");
            bytes = BinaryBody.Read(file, path, 0, (int)file.Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read: {error.Message}", error);
        }

        for (int at = 0; at < bytes.Length; at += Record)
        {
            if (bytes[at] >= Classes)
                throw BinaryBody.Bad(path, at, $"label {bytes[at]} of image {(at / Record) + 1}", $"0 to {Classes - 1}");
        }

        return bytes;
    }
}
