using Nudge.Store;

namespace Nudge.Cluster.Tests.Store;

internal static class Stores
{
    internal static StoreSettings Parse(string words) =>
        StoreSettings.TryParse(words, out StoreSettings? settings, out string? error)
            ? settings
            : throw new ArgumentException(error);
}
