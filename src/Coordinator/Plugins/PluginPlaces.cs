namespace Nudge.Plugins;

/// <summary>Where the assembly of a plug-in is looked for.</summary>
internal abstract class PluginPlaces
{
    /// <summary>The files that a user names, on the machine that has them.</summary>
    /// <param name="folder">The folder from which relative paths are taken.</param>
    internal static PluginPlaces OfUser(string folder) => new NamedFiles(folder);

    /// <summary>
    /// The folders of a node: only a file that its operator has put there is opened, whatever path a run names, and only if it
    /// has the hash that the run names.
    /// </summary>
    /// <param name="folders">The folders.</param>
    internal static PluginPlaces OfNode(IReadOnlyList<string> folders) => new NodeFolders(folders);

    /// <summary>The file of a plug-in, as an absolute path.</summary>
    /// <exception cref="PluginException">There is none.</exception>
    internal abstract string FileOf(PluginSettings plugin);

    private sealed class NamedFiles(string folder) : PluginPlaces
    {
        private const string Home = "~/";

        internal override string FileOf(PluginSettings plugin)
        {
            string path;
            try
            {
                path = plugin.File.StartsWith(Home, StringComparison.Ordinal)
                    ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), plugin.File[Home.Length..])
                    : Path.GetFullPath(plugin.File, folder);
            }
            catch (ArgumentException error)
            {
                throw new PluginException($"\"{plugin.File}\" is no path; expected the assembly of a plug-in", error);
            }

            return File.Exists(path) ? path
                : throw new PluginException($"there is no file {path}; expected the assembly of a plug-in, such as bin/Release/MyRules.dll");
        }
    }

    private sealed class NodeFolders(IReadOnlyList<string> folders) : PluginPlaces
    {
        internal override string FileOf(PluginSettings plugin)
        {
            // A path of another system may be written with its own separator.
            string name = plugin.File[(plugin.File.LastIndexOfAny(['/', '\\']) + 1)..];
            if (plugin.Sha256 is null)
                throw new PluginException($"{name}: the run names no SHA-256 of it; expected one");
            if (folders.Count == 0)
                throw new PluginException($"{name}: this node has no folder of plug-ins; expected nudge node --plugins FOLDER with that file");
            return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
                ?? throw new PluginException($"this node has no {name} in its folders of plug-ins, {string.Join(", ", folders)}");
        }
    }
}
