using Nudge.Catalogue;

namespace Nudge.Stimuli;

/// <summary>A pair of IDX image and label files for training, and another for test.</summary>
internal static class IdxSet
{
    internal static StimulusSets Load(DataSettings settings, string? given)
    {
        string name = settings.Set.Name;
        string folder = settings.Folder ?? given
            ?? throw new DataException(
                $"data set {name} needs a folder of IDX files: give data.path or --data, set "
                + $"{DataSetCatalog.FolderVariable}, or run: nudge data fetch mnist");
        if (!Directory.Exists(folder))
            throw new DataException($"{folder}: no such folder; expected the IDX files of {name}");
        ImageSet train = Load(folder, "train", settings.Train);
        ImageSet test = Load(folder, "t10k", settings.Test);
        if (train.InputSize != test.InputSize)
            throw new DataException($"{folder}: training images have {train.InputSize} pixels, test images {test.InputSize}");
        return new(train, test, name, folder);
    }

    private static ImageSet Load(string folder, string part, int? limit)
    {
        string imagePath = Find(folder, $"{part}-images-idx3-ubyte");
        string labelPath = Find(folder, $"{part}-labels-idx1-ubyte");
        (byte[] pixels, int count, int size) = IdxFile.ReadImages(imagePath);
        byte[] labels = IdxFile.ReadLabels(labelPath);
        if (labels.Length != count)
            throw new DataException($"{labelPath}: {labels.Length} labels; expected {count}, one for each image");
        int place = Array.FindIndex(labels, label => label > 9);
        if (place >= 0)
            throw new DataException($"{labelPath}: byte {place + 8}: label {labels[place]}; expected 0 to 9");
        if (limit is int wanted && wanted > count)
            throw new DataException($"{imagePath}: {count} images; the experiment asks for {wanted}");
        int used = limit ?? count;
        return new(pixels.AsSpan(0, used * size).ToArray(), labels.AsSpan(0, used).ToArray(), size, 10);
    }

    private static string Find(string folder, string name)
    {
        string plain = Path.Combine(folder, name);
        string zipped = plain + ".gz";
        return File.Exists(plain) ? plain : File.Exists(zipped) ? zipped : throw new DataException(
            $"{plain}[.gz]: no such file; set {DataSetCatalog.FolderVariable} or data.path to a folder that has it, "
            + "or run: nudge data fetch mnist");
    }
}

/// <summary>MNIST: 28×28 images of written digits, from a folder of IDX files.</summary>
public sealed record MnistSettings : DataSettings
{
    /// <summary>The folder of IDX files; by default the environment variable NUDGE_DATA names it.</summary>
    public string? Path { get; init; }

    /// <inheritdoc/>
    public override string? Folder => Path;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Mnist.Instance;
}

internal sealed class Mnist()
    : DataSetDefinition<MnistSettings>(
        "mnist", "MNIST: 28×28 images of written digits, from a folder of IDX files.")
{
    internal static readonly Mnist Instance = new();

    public override bool IsGrey => true;

    protected override (int Inputs, int Classes)? Shape(MnistSettings settings) => (784, 10);

    protected override StimulusSets Load(MnistSettings settings, string? folder, ulong seed) =>
        IdxSet.Load(settings, folder);
}

/// <summary>Images and labels of any size from a folder of IDX files named as those of MNIST.</summary>
public sealed record IdxSettings : DataSettings
{
    /// <summary>The folder of IDX files; by default the environment variable NUDGE_DATA names it.</summary>
    public string? Path { get; init; }

    /// <inheritdoc/>
    public override string? Folder => Path;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Idx.Instance;
}

internal sealed class Idx()
    : DataSetDefinition<IdxSettings>(
        "idx", "Images and labels of any size from a folder of IDX files named as those of MNIST.")
{
    internal static readonly Idx Instance = new();

    public override bool IsGrey => true;

    protected override (int Inputs, int Classes)? Shape(IdxSettings settings) => null;

    protected override StimulusSets Load(IdxSettings settings, string? folder, ulong seed) =>
        IdxSet.Load(settings, folder);
}
