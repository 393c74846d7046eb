using System.Text.RegularExpressions;
using Nudge.DataSets;

namespace Nudge.Stimuli;

/// <summary>The four files of a set of labelled images.</summary>
/// <param name="TrainImages">Images to learn from.</param>
/// <param name="TrainLabels">Their labels.</param>
/// <param name="TestImages">Images to be judged by.</param>
/// <param name="TestLabels">Their labels.</param>
internal sealed record IdxFiles(string TrainImages, string TrainLabels, string TestImages, string TestLabels);

/// <summary>
/// Finds the files of a set in a folder by the names that MNIST, EMNIST, QMNIST and their copies have:
/// <c>PREFIX(train|t10k|test)-(images|labels)</c>, then <c>-</c> or <c>.</c>, then the kind of IDX file, perhaps <c>.gz</c>.
/// </summary>
internal static partial class IdxFolder
{
    private const string Expected = "PREFIX is empty, or such as emnist-letters- or qmnist-; a dot may stand before idx; "
        + "each file may end in .gz. data.path, --data or "
        + $"{DataSetCatalog.FolderVariable} names the folder; nudge data fetch mnist fetches MNIST";

    /// <summary>Finds the files.</summary>
    /// <param name="folder">The folder, as the user named it.</param>
    /// <param name="prefix">How their names begin, or null where the folder holds one set.</param>
    /// <exception cref="DataException">They are not all there, or it cannot be known which are meant.</exception>
    internal static IdxFiles Find(string folder, string? prefix)
    {
        Match[] all = [.. Names(folder).Select(name => FileName().Match(name)).Where(match => match.Success)];
        string chosen = prefix ?? OnlyPrefix(folder, all);
        Match[] own = [.. all.Where(match => match.Groups["prefix"].Value == chosen)];
        return new(
            Find(folder, own, chosen, "train", "images"),
            Find(folder, own, chosen, "train", "labels"),
            Find(folder, own, chosen, "t10k", "images"),
            Find(folder, own, chosen, "t10k", "labels"));
    }

    private static string OnlyPrefix(string folder, Match[] all)
    {
        string[] prefixes = [.. all.Select(match => match.Groups["prefix"].Value).Distinct().Order(StringComparer.Ordinal)];
        if (prefixes.Length == 0 || prefixes[0].Length == 0)
            return "";
        return prefixes.Length == 1 ? prefixes[0] : throw new DataException(
            $"{folder}: holds the files of several sets; expected data.prefix with one of {string.Join(", ", prefixes)}");
    }

    private static string Find(string folder, Match[] own, string prefix, string part, string content)
    {
        string[] parts = part == "train" ? ["train"] : ["t10k", "test"];
        Match? found = own
            .Where(match => parts.Contains(match.Groups["part"].Value) && match.Groups["content"].Value == content)
            .OrderBy(match => Array.IndexOf(parts, match.Groups["part"].Value))
            .ThenBy(match => match.Groups["zip"].Length)
            .ThenBy(match => match.Value, StringComparer.Ordinal)
            .FirstOrDefault();
        return found is not null ? Path.Combine(folder, found.Value) : throw Missing(folder, prefix, parts, content);
    }

    private static DataException Missing(string folder, string prefix, string[] parts, string content)
    {
        string[] kinds = content == "images" ? ["idx3-ubyte"] : ["idx1-ubyte", "idx2-int", "idx1-int"];
        string names = string.Join(
            ", ", kinds.SelectMany(kind => parts.Select(part => $"{(prefix.Length > 0 ? prefix : "PREFIX")}{part}-{content}-{kind}")));
        string what = $"{(parts.Length == 1 ? "training" : "held-out")} {content}";
        return new($"{folder}: no such file of {what}; expected one of {names}. {Expected}");
    }

    private static IEnumerable<string> Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder}: cannot be read: {error.Message}", error);
        }
    }

    [GeneratedRegex(
        @"^(?<prefix>(?:.*[-_.])?)(?<part>train|t10k|test)-(?:(?<content>images)[-.]idx3-ubyte|(?<content>labels)[-.]idx(?:1-ubyte|2-int|1-int))(?<zip>(?:\.gz)?)$")]
    private static partial Regex FileName();
}
