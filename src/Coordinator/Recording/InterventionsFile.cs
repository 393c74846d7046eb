using System.Globalization;
using System.Text.Json;
using Nudge.Interventions;

namespace Nudge.Recording;

/// <summary>
/// The interventions of a run, a line of JSON each, in the order in which they took place. There is no file where nothing was
/// changed.
/// </summary>
internal static class InterventionsFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private sealed record Line(
        int Number, string Name, long Phase, long Presentations, double Tau, bool Scripted, JsonElement Intervention);

    /// <summary>The whole file.</summary>
    internal static string ToText(IReadOnlyList<AppliedIntervention> applied) =>
        string.Concat(applied.Select(one => JsonSerializer.Serialize(LineOf(one), Options) + "\n"));

    /// <summary>Reads a file, for running its interventions again: each at the phase at which it took place.</summary>
    /// <exception cref="OutputException">It cannot be read.</exception>
    internal static IReadOnlyDictionary<string, InterventionSettings> Read(string path)
    {
        var all = new OrderedDictionary<string, InterventionSettings>();
        foreach ((Line line, InterventionSettings one) in Lines(path))
            all.Add(line.Name, one with { At = new() { Phase = line.Phase } });
        return all;
    }

    /// <summary>Reads a file, for telling what took place and when.</summary>
    /// <exception cref="OutputException">It cannot be read.</exception>
    internal static IReadOnlyList<InterventionSummary> ReadSummaries(string path)
    {
        (Line Line, InterventionSettings Settings)[] all = [.. Lines(path)];
        HashSet<string> undone = [.. all.Select(one => one.Settings).OfType<UndoIntervention>().Select(one => one.Of)];
        return
        [
            .. all.Select(one => new InterventionSummary(
                one.Line.Number,
                one.Line.Name,
                one.Line.Presentations,
                one.Line.Phase,
                one.Line.Tau,
                one.Settings.WordsWithEnd,
                one.Settings.Definition.Name,
                undone.Contains(one.Line.Name))),
        ];
    }

    private static List<(Line Line, InterventionSettings Settings)> Lines(string path)
    {
        var all = new List<(Line Line, InterventionSettings Settings)>();
        try
        {
            foreach (string text in File.ReadLines(path))
            {
                Line line = JsonSerializer.Deserialize<Line>(text, Options) ?? throw new InvalidDataException("it is empty");
                if (all.Exists(one => one.Line.Name == line.Name))
                    throw new InvalidDataException($"{line.Name} is there twice");
                all.Add((line, InterventionJson.Read(line.Intervention.GetRawText())));
            }
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            string number = (all.Count + 1).ToString(CultureInfo.InvariantCulture);
            throw new OutputException($"{path}:{number}: this line holds no intervention: {error.Message}", error);
        }

        return all;
    }

    private static Line LineOf(AppliedIntervention one) => new(
        one.Number,
        one.Name,
        one.Moment.Phase,
        one.Moment.Presentations,
        one.Moment.Tau,
        one.IsScripted,
        JsonSerializer.Deserialize<JsonElement>(InterventionJson.Write(one.Settings)));
}
