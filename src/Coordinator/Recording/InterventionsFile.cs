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
        int number = 0;
        try
        {
            foreach (string text in File.ReadLines(path))
            {
                number++;
                Line line = JsonSerializer.Deserialize<Line>(text, Options) ?? throw new InvalidDataException("it is empty");
                InterventionSettings one = InterventionJson.Read(line.Intervention.GetRawText());
                if (!all.TryAdd(line.Name, one with { At = new() { Phase = line.Phase } }))
                    throw new InvalidDataException($"{line.Name} is there twice");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            throw new OutputException(
                $"{path}:{number.ToString(CultureInfo.InvariantCulture)}: this line holds no intervention: {error.Message}", error);
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
