using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Stimuli;

namespace Nudge.Running;

/// <summary>Decides from which folder the data files of an experiment are read, and gives its settings that folder.</summary>
/// <param name="Asked">What <c>--data</c> names, which comes before the experiment's own <c>data.path</c>; or null.</param>
/// <param name="Usual">What the environment names, for experiments that name none; or null.</param>
public sealed record DataFolder(string? Asked, string? Usual)
{
    private const string Home = "~";

    /// <summary>No folder but the experiment's own.</summary>
    public static DataFolder None { get; } = new(null, null);

    /// <summary>The folder from which relative paths are taken; null for the one that the program was started in.</summary>
    public string? RelativeTo { get; init; }

    /// <summary>The folder for experiments that name none, as an absolute path; null if there is none.</summary>
    /// <exception cref="DataException">It is no path.</exception>
    public string? Given => Asked is not null ? Absolute(Asked, "--data")
        : Usual is not null ? Absolute(Usual, DataSetCatalog.FolderVariable)
        : null;

    /// <summary>The settings with the folder that holds, as an absolute path: they mean the same from every folder.</summary>
    /// <exception cref="DataException">It is no path.</exception>
    public ExperimentSettings Apply(ExperimentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (Asked is null && settings.Data.Folder is not null)
            return settings with { Data = settings.Data.WithPaths(Absolute) };
        string? folder = Given;
        return folder is null ? settings : settings with { Data = settings.Data.WithFolder(folder) };
    }

    private string Absolute(string path, string source)
    {
        try
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(path);
            string expanded = path == Home || path.StartsWith(Home + '/', StringComparison.Ordinal)
                ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
                : path;
            return Path.GetFullPath(expanded, RelativeTo ?? Environment.CurrentDirectory);
        }
        catch (ArgumentException error)
        {
            throw new DataException($"{source}: \"{path}\" is no path; expected the place of data files", error);
        }
    }
}
