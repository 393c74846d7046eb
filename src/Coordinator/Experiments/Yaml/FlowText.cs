using System.Text.Json;

namespace Nudge.Experiments.Yaml;

/// <summary>A tree in one line of YAML, as options have it.</summary>
internal static class FlowText
{
    internal static string Of(YamlTree tree) => tree switch
    {
        YamlValue { IsNull: true } => "null",
        YamlValue { Plain: true } value => value.Text,
        // The double-quoted style of YAML reads the escapes that JSON writes.
        YamlValue value => JsonSerializer.Serialize(value.Text),
        YamlMap map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{entry.Key}: {Of(entry.Value)}"))}}}",
        YamlList list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        _ => "null",
    };
}
