using Nudge.Catalogue;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>What to load.</summary>
/// <param name="Settings">The set, and how much of it.</param>
/// <param name="Folder">Folder of files, or null.</param>
/// <param name="Seed">Seed of sets that the program draws itself.</param>
public sealed record DataRequest(DataSettings Settings, string? Folder = null, ulong Seed = 1);

/// <summary>Finds a data set by its name, and loads it.</summary>
public static class DataSetCatalog
{
    /// <summary>The environment variable that names the folder of IDX files.</summary>
    public const string FolderVariable = "NUDGE_DATA";

    private const int MostDrawn = 1_000_000;

    private static readonly DefinitionCatalogue Catalogue = DefinitionCatalogue.Of(typeof(DataSetCatalog).Assembly);

    /// <summary>The names of all sets.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Catalogue.All<DataSetDefinition>().Select(set => set.Name)];

    /// <summary>A set with its default settings.</summary>
    /// <exception cref="DataException">There is no set of this name.</exception>
    public static DataSettings Named(string name) =>
        Catalogue.All<DataSetDefinition>().FirstOrDefault(set => set.Name == name)?.Defaults
        ?? throw new DataException($"unknown data set {name}; expected one of {string.Join(", ", Names)}");

    /// <summary>Loads or draws a set. Examples that are not known to be images are never moved; a run of such a set with a shift is refused.</summary>
    /// <exception cref="DataException">Its files are missing or damaged.</exception>
    public static StimulusSets Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        StimulusSets sets = request.Settings.Set.Load(request.Settings, request.Folder, request.Seed);
        if (request.Settings.Binarise is double threshold)
            sets = Binary(sets, (float)threshold);
        return request.Settings.Shift > 0 && sets.Picture is { } picture ? Shifted(sets, picture, request.Settings.Shift, request.Seed) : sets;
    }

    private static StimulusSets Shifted(StimulusSets sets, PictureShape picture, int most, ulong seed) => sets with
    {
        Train = new ShiftedImages(sets.Train, picture, most, seed),
        BySeed = other => Shifted(sets.Of(other), picture, most, other),
    };

    private static StimulusSets Binary(StimulusSets sets, float threshold) => sets with
    {
        Train = new BinarySet(sets.Train, threshold),
        Test = new BinarySet(sets.Test, threshold),
        BySeed = sets.BySeed is { } divide ? seed => Binary(divide(seed), threshold) : null,
    };

    /// <summary>How many examples to draw.</summary>
    /// <exception cref="DataException">Too many are asked for.</exception>
    internal static int Drawn(int? asked, int usual)
    {
        int count = asked ?? usual;
        return count is > 0 and <= MostDrawn
            ? count
            : throw new DataException($"cannot draw {count} examples; expected 1 to {MostDrawn}");
    }
}
