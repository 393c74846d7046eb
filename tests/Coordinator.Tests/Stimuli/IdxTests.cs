using System.Buffers.Binary;
using System.IO.Compression;
using CsCheck;
using Nudge.DataSets;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Stimuli;

public sealed class IdxTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pair_of_files_is_read_plain_or_zipped(bool zipped)
    {
        using var folder = new TemporaryFolder();
        Write(folder, "train", Images(5, 2, 3), Labels(5), zipped);
        Write(folder, "t10k", Images(3, 2, 3), Labels(3), zipped);
        StimulusSets sets = DataSetCatalog.Load(new(new IdxSettings { Train = 4 }, folder.Path));
        Assert.Equal((4, 3, 6), (sets.Train.Count, sets.Test.Count, sets.Train.InputSize));
        float[] image = new float[6];
        sets.Train.CopyInput(1, image);
        Assert.Equal([.. Enumerable.Range(6, 6).Select(i => i / 255f)], image);
        Assert.Equal(3, sets.Train.LabelOf(3));
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "magic", "byte 0: found the magic number" },
        { "short header", "expected a header of 16 bytes" },
        { "truncated", "the end of the file" },
        { "trailing", "more bytes" },
        { "no images", "expected positive sizes" },
        { "huge", "2 GB" },
        { "fewer labels", "labels; expected 5" },
        { "bad label", "label 12; expected 0 to 4, the training labels" },
        { "missing", "no such file" },
        { "corrupt gzip", "corrupt" },
        { "checksum of gzip", "its checksum does not fit" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Every_kind_of_damage_is_named_with_its_file(string damage, string expected)
    {
        using var folder = new TemporaryFolder();
        byte[] images = Images(5, 2, 3);
        byte[] labels = Labels(damage == "fewer labels" ? 4 : 5);
        switch (damage)
        {
            case "magic":
                images[3] = 9;
                break;
            case "short header":
                images = images[..10];
                break;
            case "truncated":
                images = images[..^3];
                break;
            case "trailing":
                images = [.. images, 1];
                break;
            case "no images":
                images[7] = 0;
                break;
            case "huge":
                BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(4), int.MaxValue);
                break;
            case "bad label":
                labels[10] = 12;
                break;
        }

        bool heldOut = damage == "bad label";
        Write(folder, heldOut ? "t10k" : "train", images, labels, zipped: damage is "corrupt gzip" or "checksum of gzip");
        Write(folder, heldOut ? "train" : "t10k", Images(5, 2, 3), Labels(5), zipped: false);
        if (damage == "missing")
            File.Delete(folder.File("train-labels-idx1-ubyte"));
        if (damage == "corrupt gzip")
            Corrupt(folder.File("train-images-idx3-ubyte.gz"));
        if (damage == "checksum of gzip")
            ChangeChecksum(folder.File("train-images-idx3-ubyte.gz"));
        DataException error = Assert.Throws<DataException>(() => DataSetCatalog.Load(new(new IdxSettings(), folder.Path)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("-ubyte", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_without_a_folder_says_what_to_do()
    {
        DataException error = Assert.Throws<DataException>(() => DataSetCatalog.Load(new(new MnistSettings())));
        Assert.Contains("NUDGE_DATA", error.Message, StringComparison.Ordinal);
        Assert.Contains("nudge data fetch mnist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_with_a_message() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        using var folder = new TemporaryFolder();
        // A right beginning lets the fuzz reach beyond the magic number.
        byte[] file = [0, 0, 8, 3, 0, 0, 0, 1, .. bytes];
        File.WriteAllBytes(folder.File("x"), file);
        try
        {
            (byte[] pixels, int count, int rows, int columns) = IdxFile.ReadImages(folder.File("x"));
            return pixels.Length == count * rows * columns;
        }
        catch (DataException)
        {
            return true;
        }
    });

    [SkippableFact]
    public void Mnist_has_its_known_shape_and_classes()
    {
        string? folder = Environment.GetEnvironmentVariable(DataSetCatalog.FolderVariable);
        Skip.If(folder is null, "NUDGE_DATA names no folder of MNIST files.");
        StimulusSets mnist = DataSetCatalog.Load(new(new MnistSettings(), folder));
        Assert.Equal((60_000, 10_000, 784), (mnist.Train.Count, mnist.Test.Count, mnist.Train.InputSize));
        Assert.Equal([5, 0, 4, 1, 9], Enumerable.Range(0, 5).Select(mnist.Train.LabelOf));
        Assert.Equal(980, Enumerable.Range(0, 10_000).Count(i => mnist.Test.LabelOf(i) == 0));
    }

    private static byte[] Images(int count, int rows, int columns)
    {
        byte[] file = new byte[16 + (count * rows * columns)];
        BinaryPrimitives.WriteInt32BigEndian(file, 0x0803);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), count);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(8), rows);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(12), columns);
        for (int i = 16; i < file.Length; i++)
            file[i] = (byte)(i - 16);
        return file;
    }

    private static byte[] Labels(int count)
    {
        byte[] file = new byte[8 + count];
        BinaryPrimitives.WriteInt32BigEndian(file, 0x0801);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), count);
        for (int i = 0; i < count; i++)
            file[8 + i] = (byte)i;
        return file;
    }

    private static void Write(TemporaryFolder folder, string part, byte[] images, byte[] labels, bool zipped)
    {
        Write(folder.File($"{part}-images-idx3-ubyte"), images, zipped);
        Write(folder.File($"{part}-labels-idx1-ubyte"), labels, zipped);
    }

    private static void Write(string path, byte[] bytes, bool zipped)
    {
        using Stream file = File.Create(zipped ? path + ".gz" : path);
        using Stream target = zipped ? new GZipStream(file, CompressionLevel.Fastest) : file;
        target.Write(bytes);
    }

    private static void ChangeChecksum(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^8] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static void Corrupt(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        for (int i = 12; i < bytes.Length - 8; i++)
            bytes[i] ^= 0x5A;
        File.WriteAllBytes(path, bytes);
    }
}
