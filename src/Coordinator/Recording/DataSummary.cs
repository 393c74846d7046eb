using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nudge.Recording;

/// <summary>The examples that a run used, as they were read or drawn: by these, and not by a name, they are known again.</summary>
public sealed record DataSummary
{
    /// <summary>The data set that it truly is; files that only bear MNIST's names are not called mnist.</summary>
    public required string Set { get; init; }

    /// <summary>The folder of files or the file, as an absolute path; null where the program makes the examples itself.</summary>
    public required string? Path { get; init; }

    /// <summary>Values of an example.</summary>
    public required int Inputs { get; init; }

    /// <summary>Number of classes, or of target values.</summary>
    public required int Classes { get; init; }

    /// <summary>Whether examples have target values and no classes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasTargets { get; init; }

    /// <summary>The outputs in words, such as 10 classes.</summary>
    [JsonIgnore]
    public string Outputs => HasTargets ? $"{Classes} target {(Classes == 1 ? "value" : "values")}" : $"{Classes} {(Classes == 1 ? "class" : "classes")}";

    /// <summary>The label in the files of each class, by the number of the class; null where they are the same.</summary>
    [JsonConverter(typeof(LabelsConverter))]
    public required IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Examples to learn from.</summary>
    public required DataPartSummary Train { get; init; }

    /// <summary>Examples to be judged by.</summary>
    public required DataPartSummary Test { get; init; }

    /// <summary>What differs from other data, in words; empty if the examples are the same, wherever they are from.</summary>
    /// <param name="then">The other data.</param>
    internal IReadOnlyList<string> DifferencesFrom(DataSummary then) =>
    [
        .. Difference("values of an example", then.Inputs, Inputs),
        .. Difference("classes", then.Classes, Classes),
        .. Difference("labels", Text(then.Labels), Text(Labels)),
        .. Difference("training examples", then.Train, Train),
        .. Difference("held-out examples", then.Test, Test),
    ];

    /// <summary>The data as one line of JSON.</summary>
    internal string ToLine() => JsonSerializer.Serialize(this, DataSummaryJson.Line.DataSummary);

    /// <summary>Reads what <see cref="ToLine"/> wrote; null where it is something else.</summary>
    internal static DataSummary? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, DataSummaryJson.Line.DataSummary);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(IReadOnlyList<string>? labels) => labels is null ? "the numbers of the classes" : string.Join(' ', labels);

    private static IEnumerable<string> Difference<T>(string what, T then, T now)
        where T : notnull => then.Equals(now) ? [] : [$"{what}: {then} then, {now} now"];
}

/// <summary>One part of the data.</summary>
/// <param name="Examples">Number of examples.</param>
/// <param name="Hashed">How many of them the hash covers: all, but in sets that are too large to be computed twice.</param>
/// <param name="Sha256">SHA-256 of the examples with their classes, in hexadecimal.</param>
public sealed record DataPartSummary(int Examples, int Hashed, string Sha256)
{
    /// <summary>The part in words.</summary>
    public override string ToString() => $"{Examples} with SHA-256 {Sha256}";
}

/// <summary>A setting that was changed when a run went on.</summary>
/// <param name="Path">The setting.</param>
/// <param name="Before">Its value until then.</param>
/// <param name="After">Its value from then on.</param>
/// <param name="Presentations">Stimuli shown until then.</param>
public sealed record SettingChange(string Path, string Before, string After, long Presentations);

/// <summary>How the identity of a run becomes a line of JSON within a checkpoint.</summary>
[JsonSerializable(typeof(DataSummary))]
internal sealed partial class DataSummaryJson : JsonSerializerContext
{
    internal static DataSummaryJson Line { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
