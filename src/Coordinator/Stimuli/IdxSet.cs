using Nudge.Catalogue;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>A pair of IDX image and label files for training, and another for test.</summary>
internal static class IdxSet
{
    /// <summary>Reads a set.</summary>
    /// <param name="settings">How much of it.</param>
    /// <param name="given">Folder of files where the settings name none.</param>
    /// <param name="prefix">How the names of its files begin, or null where the folder holds one set.</param>
    /// <param name="fixedClasses">The classes that the set has by definition; null for those of its labels.</param>
    internal static (StimulusSets Sets, bool IsMnist) Load(
        DataSettings settings, string? given, string? prefix, ClassLabels? fixedClasses)
    {
        string name = settings.Set.Name;
        string folder = settings.Folder ?? given
            ?? throw new DataException(
                $"data set {name} needs a folder of IDX files: give data.path or --data, set "
                + $"{DataSetCatalog.FolderVariable}, or run: nudge data fetch mnist");
        if (!Directory.Exists(folder))
            throw new DataException($"{folder}: no such folder; expected the IDX files of {name}");
        IdxFiles files = IdxFolder.Find(folder, prefix);
        var train = IdxPart.Read(files.TrainImages, files.TrainLabels);
        var test = IdxPart.Read(files.TestImages, files.TestLabels);
        if (train.Size != test.Size)
            throw new DataException($"{folder}: training images have {train.Size} pixels, test images {test.Size}");
        ClassLabels classes = fixedClasses ?? ClassLabels.Of(train.Labels);
        string expected = fixedClasses is null ? $"{classes}, the training labels" : $"{classes} in {name}; the set idx takes any";
        var sets = new StimulusSets(
            train.Use(settings.Train, files.TrainImages, Numbers(classes, train, files.TrainLabels, expected), classes.All.Count),
            test.Use(settings.Test, files.TestImages, Numbers(classes, test, files.TestLabels, expected), classes.All.Count),
            name,
            folder)
        {
            Folder = folder,
            Picture = train.Picture,
            Labels = classes.AreNumbers ? null : classes.All,
        };
        return (sets, MnistIdentity.Holds(train, test));
    }

    private static int[] Numbers(ClassLabels classes, IdxPart part, string path, string expected) =>
        classes.NumbersOf(part.Labels, i => $"{path}: example {i}", expected);
}

/// <summary>All images of a file with their labels.</summary>
/// <param name="Pixels">The pixels of all images.</param>
/// <param name="Labels">A label each, as the file has it.</param>
/// <param name="Picture">How the pixels of an image lie.</param>
internal sealed record IdxPart(byte[] Pixels, IReadOnlyList<string> Labels, PictureShape Picture)
{
    /// <summary>Pixels per image.</summary>
    internal int Size => Picture.Values;

    internal static IdxPart Read(string imagePath, string labelPath)
    {
        (byte[] pixels, int count, int rows, int columns) = IdxFile.ReadImages(imagePath);
        string[] labels = [.. IdxFile.ReadLabels(labelPath).Select(label => ClassLabels.Text(label))];
        return labels.Length == count
            ? new(pixels, labels, new(columns, rows))
            : throw new DataException($"{labelPath}: {labels.Length} labels; expected {count}, one for each image");
    }

    /// <summary>The first images, or all.</summary>
    internal ImageSet Use(int? limit, string imagePath, int[] numbers, int classes)
    {
        if (limit is int wanted && wanted > Labels.Count)
            throw new DataException($"{imagePath}: {Labels.Count} images; the experiment asks for {wanted}");
        int used = limit ?? Labels.Count;
        return new(Pixels.AsSpan(0, used * Size).ToArray(), numbers[..used], Size, classes);
    }
}

/// <summary>MNIST: 28×28 images of written digits, from a folder of IDX files.</summary>
public sealed record MnistSettings : DataSettings
{
    /// <summary>
    /// The folder of IDX files; <c>--data</c> comes before it, and the environment variable NUDGE_DATA after it. A relative
    /// path is taken from the folder in which the program is started, and ~ is the home folder.
    /// </summary>
    public string? Path { get; init; }

    /// <inheritdoc/>
    public override string? Folder => Path;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Mnist.Instance;

    /// <inheritdoc/>
    public override DataSettings WithFolder(string folder) => this with { Path = folder };

    /// <inheritdoc/>
    public override DataSettings WithPaths(Func<string, string, string> replacement) =>
        Path is null ? this : this with { Path = replacement(Path, "data.path") };
}

internal sealed class Mnist()
    : DataSetDefinition<MnistSettings>(
        "mnist", "MNIST: 28×28 images of written digits, from a folder of IDX files.")
{
    internal static readonly Mnist Instance = new();

    private const int Digits = 10;

    public override bool IsGrey => true;

    protected override (int Inputs, int Classes)? Shape(MnistSettings settings) => (784, Digits);

    protected override StimulusSets Load(MnistSettings settings, string? folder, ulong seed)
    {
        (StimulusSets sets, bool isMnist) = IdxSet.Load(settings, folder, prefix: null, ClassLabels.Numbers(Digits));
        return isMnist ? sets : sets with
        {
            Name = Idx.Instance.Name,
            Warnings = [.. sets.Warnings, $"the files in {sets.Folder} are not those of MNIST: results call them {Idx.Instance.Name}"],
        };
    }
}

/// <summary>Images and labels of any size and any number of classes from a folder of IDX files.</summary>
public sealed record IdxSettings : DataSettings
{
    /// <summary>
    /// The folder of IDX files; <c>--data</c> comes before it, and the environment variable NUDGE_DATA after it. A relative
    /// path is taken from the folder in which the program is started, and ~ is the home folder.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>How the names of the files begin, such as emnist-letters-; needed only where a folder holds several sets.</summary>
    public string? Prefix { get; init; }

    /// <inheritdoc/>
    public override string? Folder => Path;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Idx.Instance;

    /// <inheritdoc/>
    public override DataSettings WithFolder(string folder) => this with { Path = folder };

    /// <inheritdoc/>
    public override DataSettings WithPaths(Func<string, string, string> replacement) =>
        Path is null ? this : this with { Path = replacement(Path, "data.path") };
}

internal sealed class Idx()
    : DataSetDefinition<IdxSettings>(
        "idx", "Images and labels of any size and any number of classes from a folder of IDX files.")
{
    internal static readonly Idx Instance = new();

    public override bool IsGrey => true;

    protected override (int Inputs, int Classes)? Shape(IdxSettings settings) => null;

    protected override StimulusSets Load(IdxSettings settings, string? folder, ulong seed) =>
        IdxSet.Load(settings, folder, settings.Prefix, fixedClasses: null).Sets;
}
