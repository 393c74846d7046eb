using Nudge.Store;

namespace Nudge.Cluster.Tests.Store;

internal static class Stores
{
    // Between a store and the folder of its files.
    private const string Divider = " files:";

    /// <summary>Words that name a store with a folder of files.</summary>
    internal static string WithFiles(string store, string folder) => store + Divider + folder;

    internal static StoreSettings Parse(string words)
    {
        string[] parts = words.Split(Divider);
        return StoreSettings.TryParse(parts[0], out StoreSettings? settings, out string? error)
            ? settings with { Files = parts.ElementAtOrDefault(1) }
            : throw new ArgumentException(error);
    }
}
