namespace Nudge.Sweeps;

/// <summary>Short names for the paths of a sweep: their last two words, or as many as make them unique.</summary>
internal sealed class ShortPaths
{
    private const int Usual = 2;
    private readonly Dictionary<string, string> _names;

    internal ShortPaths(IReadOnlyList<Variation> variations)
    {
        string[] paths = [.. variations.Select(one => one.Path)];
        _names = paths.ToDictionary(path => path, path => Shorten(path, paths));
    }

    internal string Of(string path) => _names[path];

    private static string Shorten(string path, string[] all)
    {
        int words = path.Split('.').Length;
        for (int count = Usual; count < words; count++)
        {
            if (all.Count(other => End(other, count) == End(path, count)) == 1)
                return End(path, count);
        }

        return path;
    }

    private static string End(string path, int words) => string.Join('.', path.Split('.').TakeLast(words));
}
