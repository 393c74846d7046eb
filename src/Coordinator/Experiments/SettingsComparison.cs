using System.Text.Json.Nodes;

namespace Nudge.Experiments;

/// <summary>A setting in which two experiments differ.</summary>
/// <param name="Path">The setting, as <c>--set</c> would name it.</param>
/// <param name="Before">Its value in the first.</param>
/// <param name="After">Its value in the second.</param>
internal sealed record SettingDifference(string Path, string Before, string After);

/// <summary>Finds the settings in which two experiments differ, defaults included.</summary>
internal static class SettingsComparison
{
    private const string Absent = "not there";

    // No run comes out otherwise for these: where files are is checked by the hash of what is in them.
    private static readonly string[] Free =
        ["format", "name", "run.checkpointEvery", "run.weights", "data.path", "data.prefix", "init.file", "engine.placement"];

    /// <summary>The settings that differ, in the order of the file.</summary>
    internal static IReadOnlyList<SettingDifference> Between(ExperimentSettings before, ExperimentSettings after)
    {
        OrderedDictionary<string, string> first = Leaves(before);
        OrderedDictionary<string, string> second = Leaves(after);
        SettingDifference[] values =
        [
            .. first.Keys.Union(second.Keys)
                .Select(path => new SettingDifference(
                    path, first.GetValueOrDefault(path, Absent), second.GetValueOrDefault(path, Absent)))
                .Where(one => one.Before != one.After),
        ];
        return values.Length > 0 ? values :
        [
            .. Order("populations", before.Populations.Keys, after.Populations.Keys),
            .. Order("projections", before.Projections.Keys, after.Projections.Keys),
        ];
    }

    /// <summary>Whether no result depends on a setting.</summary>
    /// <param name="path">The setting.</param>
    /// <param name="virtualTime">Whether the run is in virtual time, which does not read the settings of actors.</param>
    internal static bool IsFree(string path, bool virtualTime) =>
        Free.Contains(path)
        // Where a plug-in is: which one it is, is told by its hash.
        || (path.StartsWith("plugins[", StringComparison.Ordinal) && path.EndsWith(".file", StringComparison.Ordinal))
        || (virtualTime && path.StartsWith("engine.", StringComparison.Ordinal));

    // The order of populations is that of their numbers, and so of their random draws.
    private static IEnumerable<SettingDifference> Order(string path, IEnumerable<string> before, IEnumerable<string> after)
    {
        string first = string.Join(", ", before);
        string second = string.Join(", ", after);
        return first == second ? [] : [new(path, $"in the order {first}", $"in the order {second}")];
    }

    private static OrderedDictionary<string, string> Leaves(ExperimentSettings settings)
    {
        var leaves = new OrderedDictionary<string, string>();
        Collect(SettingsWriter.ToJson(settings), "", leaves);
        return leaves;
    }

    private static void Collect(JsonNode? node, string path, OrderedDictionary<string, string> leaves)
    {
        if (node is JsonObject map)
        {
            foreach ((string key, JsonNode? value) in map)
                Collect(value, path.Length == 0 ? key : $"{path}.{key}", leaves);
        }
        else if (node is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++)
                Collect(list[i], $"{path}[{i}]", leaves);
        }
        else
        {
            leaves[path] = node?.ToJsonString().Trim('"') ?? "null";
        }
    }
}
