namespace Nudge.Testing;

/// <summary>
/// The layers of a project's folders as a text: a line is a layer, the lowest first, and names its folders. Folders on
/// one line do not know each other. <c>Models/*</c> names every sub-folder of <c>Models</c> as a folder of its own; a
/// sub-folder that is not named belongs to the folder above it. <c>.</c> names the files outside all folders, and what
/// follows <c>#</c> is a comment.
/// </summary>
public sealed class FolderLayers
{
    private const string EverySubFolder = "/*";
    private readonly Dictionary<string, int> _layerOf = new(StringComparer.Ordinal);

    private FolderLayers()
    {
    }

    /// <summary>Reads the text.</summary>
    /// <exception cref="FormatException">A folder is named twice.</exception>
    public static FolderLayers Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var layers = new FolderLayers();
        string[][] lines = [.. text.Split('\n').Select(Folders).Where(folders => folders.Length > 0)];
        for (int layer = 0; layer < lines.Length; layer++)
        {
            foreach (string folder in lines[layer])
            {
                if (!layers._layerOf.TryAdd(folder, layer))
                    throw new FormatException($"the list of layers names {folder} twice");
            }
        }

        return layers;
    }

    /// <summary>The folders as they are named in the text.</summary>
    public IEnumerable<string> Named => _layerOf.Keys;

    /// <summary>The named folder to which a path belongs, or null if there is none.</summary>
    /// <param name="path">A folder relative to the project, with slashes; <c>.</c> for the project itself.</param>
    public string? OwnerOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        for (string folder = path; ; folder = Above(folder))
        {
            if (_layerOf.ContainsKey(folder) || _layerOf.ContainsKey(Above(folder) + EverySubFolder))
                return folder;
            if (!folder.Contains('/', StringComparison.Ordinal))
                return null;
        }
    }

    /// <summary>The entry of the text that names a folder.</summary>
    /// <param name="owner">A folder that <see cref="OwnerOf"/> returned.</param>
    public string EntryOf(string owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return _layerOf.ContainsKey(owner) ? owner : Above(owner) + EverySubFolder;
    }

    /// <summary>The number of the layer of a folder; 0 is the lowest.</summary>
    /// <param name="owner">A folder that <see cref="OwnerOf"/> returned.</param>
    public int LayerOf(string owner) => _layerOf[EntryOf(owner)];

    private static string[] Folders(string line) =>
        line.Split('#')[0].Split([' ', '\t', '\r', ','], StringSplitOptions.RemoveEmptyEntries);

    private static string Above(string folder)
    {
        int slash = folder.LastIndexOf('/');
        return slash < 0 ? "" : folder[..slash];
    }
}
