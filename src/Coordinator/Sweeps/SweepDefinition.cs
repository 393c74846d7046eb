using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nudge.Sweeps;

/// <summary>What a sweep was asked for, as sweep.json keeps it: all that going on with it needs.</summary>
public sealed record SweepDefinition
{
    /// <summary>Version of the program that runs.</summary>
    internal static string ThisVersion { get; } = typeof(SweepDefinition).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The format of the file.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The command that began the sweep.</summary>
    public required string Command { get; init; }

    /// <summary>The experiment as the user named it.</summary>
    public required string Source { get; init; }

    /// <summary>The experiment file as it was read.</summary>
    public required string Text { get; init; }

    /// <summary>Settings of every run, each <c>path=value</c>.</summary>
    public required IReadOnlyList<string> Set { get; init; }

    /// <summary>What varies, each <c>path=values</c>.</summary>
    public required IReadOnlyList<string> Vary { get; init; }

    /// <summary>Runs of every point.</summary>
    public required int Seeds { get; init; }

    /// <summary>Folder of data files, or null.</summary>
    public string? Data { get; init; }

    /// <summary>Whether each run leaves a folder of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeepRuns { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Makes the definition of a request, with the experiment's text.</summary>
    /// <exception cref="Experiments.ExperimentException">There is no such experiment.</exception>
    public static SweepDefinition Of(SweepRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = Experiments.ExperimentText.Read(request.File);
        return new()
        {
            Command = SweepCommandText.Of(request),
            Source = text.Source,
            Text = text.Text,
            Set = request.Set,
            Vary = request.Vary,
            Seeds = request.Seeds,
            Data = request.Data,
            KeepRuns = request.KeepRuns,
            Version = ThisVersion,
        };
    }

    /// <summary>The definition as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SweepJson.Written.SweepDefinition);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static SweepDefinition Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SweepJson.Written.SweepDefinition)
                ?? throw new InvalidDataException("an empty definition of a sweep");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"not the definition of a sweep: {error.Message}", error);
        }
    }
}

/// <summary>How the files of a sweep become JSON.</summary>
[JsonSerializable(typeof(SweepDefinition))]
[JsonSerializable(typeof(SweepSummary))]
internal sealed partial class SweepJson : JsonSerializerContext
{
    internal static SweepJson Written { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
