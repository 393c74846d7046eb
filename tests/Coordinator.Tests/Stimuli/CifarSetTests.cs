using Nudge.DataSets;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Stimuli;

public sealed class CifarSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Records_of_all_batches_are_read_in_their_order_with_the_names_of_the_classes()
    {
        CifarWriter.Write(_folder.Path);

        StimulusSets sets = Load(new());

        Assert.Equal((5, 1, 3072, 10), (sets.Train.Count, sets.Test.Count, sets.Train.InputSize, sets.Train.Classes));
        Assert.Equal([1, 2, 3, 4, 5], Enumerable.Range(0, 5).Select(sets.Train.LabelOf));
        Assert.Equal(["airplane", "automobile", "bird"], sets.Labels!.Take(3));
        float[] input = new float[3072];
        sets.Train.CopyInput(2, input);
        Assert.Equal([10 / 255f, 20 / 255f, 30 / 255f], [input[0], input[1024], input[2048]]);
    }

    [Fact]
    public void Grey_images_are_the_brightness_of_the_colours()
    {
        CifarWriter.Write(_folder.Path);
        float[] input = new float[1024];

        Load(new() { Grey = true }).Test.CopyInput(0, input);

        // 0.299 · 10 + 0.587 · 20 + 0.114 · 30 = 18.15
        Assert.All(input, value => Assert.Equal(18 / 255f, value));
    }

    [Fact]
    public void Bad_files_are_refused_with_their_place()
    {
        Assert.Contains("nudge data fetch cifar-10", Refused(), StringComparison.Ordinal);
        CifarWriter.Write(_folder.Path);
        string path = _folder.File("data_batch_3.bin");
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^1]);
        Assert.Contains("data_batch_3.bin: 3072 bytes; expected a multiple of 3073", Refused(), StringComparison.Ordinal);
        bytes[0] = 10;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("data_batch_3.bin: byte 0: found label 10 of image 1; expected 0 to 9", Refused(), StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("data_batch_3.bin: cannot be read", Refused(), StringComparison.Ordinal);
    }

    private string Refused() => Assert.Throws<DataException>(() => Load(new())).Message;

    private StimulusSets Load(CifarSettings settings) => DataSetCatalog.Load(new(settings, _folder.Path));
}

/// <summary>Writes the files of CIFAR-10's binary form with one image each.</summary>
internal static class CifarWriter
{
    /// <summary>Writes the files; each image is of one colour.</summary>
    internal static void Write(string folder)
    {
        foreach ((string name, byte[] content) in Files())
            File.WriteAllBytes(Path.Combine(folder, name), content);
    }

    /// <summary>The files by name.</summary>
    internal static IEnumerable<(string Name, byte[] Content)> Files()
    {
        for (int batch = 1; batch <= 5; batch++)
            yield return ($"data_batch_{batch}.bin", Image(batch));
        yield return ("test_batch.bin", Image(0));
        yield return ("batches.meta.txt", "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n"u8.ToArray());
    }

    private static byte[] Image(int label) =>
        [(byte)label, .. Enumerable.Repeat((byte)10, 1024), .. Enumerable.Repeat((byte)20, 1024), .. Enumerable.Repeat((byte)30, 1024)];
}
