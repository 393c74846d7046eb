using Nudge.Catalogue;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>CIFAR-10: 32×32 colour images of ten kinds of things, from a folder of its binary form.</summary>
public sealed record CifarSettings : DataSettings
{
    /// <summary>
    /// The folder of data_batch_1.bin to data_batch_5.bin and test_batch.bin; <c>--data</c> comes before it, and the environment
    /// variable NUDGE_DATA after it. A relative path is taken from the folder in which the program is started, and ~ is the home folder.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>Whether a pixel is one value, its brightness (ITU-R BT.601), which makes 1024 inputs of 3072.</summary>
    public bool Grey { get; init; }

    /// <inheritdoc/>
    public override string? Folder => Path;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Cifar.Instance;

    /// <inheritdoc/>
    public override DataSettings WithFolder(string folder) => this with { Path = folder };

    /// <inheritdoc/>
    public override DataSettings WithPaths(Func<string, string, string> replacement) =>
        Path is null ? this : this with { Path = replacement(Path, "data.path") };
}

internal sealed class Cifar()
    : DataSetDefinition<CifarSettings>(
        "cifar-10", "CIFAR-10: 32×32 colour images of ten kinds of things, from a folder of its binary form.")
{
    internal static readonly Cifar Instance = new();

    public override bool IsGrey => true;

    protected override (int Inputs, int Classes)? Shape(CifarSettings settings) =>
        (settings.Grey ? CifarFiles.Pixels : CifarFiles.Values, CifarFiles.Classes);

    protected override StimulusSets Load(CifarSettings settings, string? folder, ulong seed)
    {
        string given = settings.Folder ?? folder
            ?? throw new DataException(
                $"data set {Name} needs a folder of its binary files: give data.path or --data, set "
                + $"{DataSetCatalog.FolderVariable}, or run: nudge data fetch {Name}");
        string place = CifarFiles.Find(given);
        return new(
            CifarFiles.Read(place, CifarFiles.Train, settings.Train, settings.Grey),
            CifarFiles.Read(place, CifarFiles.Test, settings.Test, settings.Grey),
            Name,
            place)
        {
            Folder = place,
            Labels = CifarFiles.Labels(place),
            Picture = new(CifarFiles.Side, CifarFiles.Side, settings.Grey ? 1 : 3),
        };
    }
}
