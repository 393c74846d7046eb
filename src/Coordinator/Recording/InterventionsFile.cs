using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nudge.Interventions;

namespace Nudge.Recording;

/// <summary>
/// The interventions of a run, a line of JSON each, in the order in which they took place. There is no file where nothing was
/// changed.
/// </summary>
internal static class InterventionsFile
{
    /// <summary>The whole file.</summary>
    internal static string ToText(IReadOnlyList<AppliedIntervention> applied)
    {
        var text = new StringBuilder();
        foreach (AppliedIntervention one in applied)
        {
            var line = new JsonObject
            {
                ["number"] = one.Number,
                ["name"] = one.Name,
                ["phase"] = one.Moment.Phase,
                ["presentations"] = one.Moment.Presentations,
                ["tau"] = one.Moment.Tau,
                ["scripted"] = one.IsScripted,
                ["intervention"] = JsonNode.Parse(InterventionJson.Write(one.Settings)),
            };
            text.Append(line.ToJsonString()).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads a file, for running its interventions again: each at the phase at which it took place.</summary>
    /// <exception cref="OutputException">It cannot be read.</exception>
    internal static IReadOnlyDictionary<string, InterventionSettings> Read(string path)
    {
        var all = new OrderedDictionary<string, InterventionSettings>();
        int number = 0;
        try
        {
            foreach (string text in File.ReadLines(path))
            {
                number++;
                JsonNode line = JsonNode.Parse(text)!;
                InterventionSettings one = InterventionJson.Read(line["intervention"]!.ToJsonString());
                all.Add((string)line["name"]!, one with { At = new() { Phase = (long)line["phase"]! } });
            }
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or NullReferenceException
            or ArgumentException or InvalidOperationException or FormatException)
        {
            throw new OutputException(
                $"{path}:{number.ToString(CultureInfo.InvariantCulture)}: this line holds no intervention: {error.Message}", error);
        }

        return all;
    }
}
