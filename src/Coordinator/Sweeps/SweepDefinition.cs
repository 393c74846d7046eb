using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nudge.Experiments;
using Nudge.Experiments.Sweeping;
using Nudge.Running;

namespace Nudge.Sweeps;

/// <summary>What a sweep was asked for, as sweep.json keeps it: all that continuing it needs.</summary>
public sealed record SweepDefinition
{
    /// <summary>Runs of every point where neither the request nor the file sets how many.</summary>
    public const int UsualSeeds = 3;
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

    /// <summary>
    /// A setting that is tuned at every point, as <c>path=values</c>: reports take each seed at the value that was best for the
    /// others; null for none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tune { get; init; }

    /// <summary>Settings that change together, by name; none where the file has no such section.</summary>
    public IReadOnlyList<SweepVariant> Variants { get; init; } = [];

    /// <summary>What reports judge runs by, one of <see cref="SweepMeasures.Names"/>; null for what suits the model.</summary>
    public string? Measure { get; init; }

    /// <summary>Runs of every point.</summary>
    public required int Seeds { get; init; }

    /// <summary>Folder of data files in place of the file's, as an absolute path; or null.</summary>
    public string? Data { get; init; }

    /// <summary>Folder of data files where the file names none, as an absolute path; or null.</summary>
    public string? UsualData { get; init; }

    /// <summary>The folder in which the sweep was begun, from which relative paths are taken; null in earlier versions.</summary>
    public string? Folder { get; init; }

    /// <summary>Hash of the data of all points; empty where they follow from the seed, null in earlier versions.</summary>
    public string? DataHash { get; init; }

    /// <summary>Where the data files are.</summary>
    /// <param name="now">Where they are said to be now.</param>
    internal DataFolder DataFolder(DataFolder now) =>
        new(now.Asked is not null ? now.Given : Data, UsualData ?? now.Usual) { RelativeTo = Folder };

    /// <summary>Whether each run leaves a folder of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeepRuns { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Where the file names what varies, by path; known only when it was read just now.</summary>
    [JsonIgnore]
    internal IReadOnlyDictionary<string, string> Places { get; private init; } = new Dictionary<string, string>();

    /// <summary>Makes the definition of a request, with the experiment's text and what its section <c>sweep</c> sets.</summary>
    /// <exception cref="ExperimentException">There is no such experiment, or no such section.</exception>
    public static SweepDefinition Of(SweepRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = ExperimentText.Read(request.File);
        SweepSection section = SectionOf(request, text);
        bool own = request.Vary.Count > 0;
        string[] set = [.. section.Set.Select(one => one.Assignment), .. request.Set];
        return new()
        {
            Command = SweepCommandText.Of(request),
            Source = text.Source,
            Text = text.Text,
            Set =
            [
                .. set,
                .. PinnedPlugins(text, set),
                .. PinnedInit(text, set,
                [
                    .. own ? request.Vary : [.. section.Vary.Select(one => one.Assignment)],
                    .. section.Variants.SelectMany(variant => variant.Set),
                    request.Tune ?? section.Tune?.Assignment ?? "",
                ]),
                .. request.Until is { } least ? [UntilAccuracy.Assignment(least)] : Array.Empty<string>(),
            ],
            Vary = own ? request.Vary : [.. section.Vary.Select(one => one.Assignment)],
            Tune = request.Tune ?? (own ? null : section.Tune?.Assignment),
            Variants = section.Variants,
            Measure = section.Measure,
            Seeds = request.Seeds ?? section.Seeds ?? UsualSeeds,
            Data = request.Data?.Asked is not null ? request.Data.Given : null,
            UsualData = request.Data?.Usual is { } usual ? new DataFolder(usual, null).Given : null,
            Folder = Environment.CurrentDirectory,
            Places = own
                ? new Dictionary<string, string>()
                : section.Vary.Concat(section.Tune is { } tuned ? [tuned] : []).DistinctBy(one => one.Path)
                    .ToDictionary(one => one.Path, one => $"{one.Place}"),
            KeepRuns = request.KeepRuns,
            Version = ThisVersion,
        };
    }

    // Points that are made later, here or on nodes, must not be of another build than the first ones.
    private static string[] PinnedPlugins(ExperimentText text, IReadOnlyList<string> set) =>
        ExperimentFile.PluginsOf(text, set) is { Count: > 0 } plugins ? [Overrides.Plugins(plugins)] : [];

    // Runs that are made later must begin with the same weights. Where the file itself varies, its runs name what they began with.
    private static string[] PinnedInit(ExperimentText text, IReadOnlyList<string> set, IReadOnlyList<string> vary)
    {
        if (vary.Any(one => one.StartsWith("init", StringComparison.Ordinal)) || ExperimentFile.InitOf(text, set) is not { File: not null } init)
            return [];
        InitSettings resolved = InitialWeightsFile.Resolve(init);
        return [$"init.file={JsonSerializer.Serialize(resolved.File, SweepJson.Written.String)}", $"init.sha256={resolved.Sha256}"];
    }

    private static SweepSection SectionOf(SweepRequest request, ExperimentText text)
    {
        SweepSection section = ExperimentFile.SweepOf(text) ?? new();
        if (!request.Quick)
            return section;
        return section.Quick is not null ? section.AsQuick() : throw new ExperimentException(
            [new($"{text.Source}: --quick", "", "the file does not say what is quick; expected a map sweep.quick in it")]);
    }

    /// <summary>The definition as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SweepJson.Written.SweepDefinition);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static SweepDefinition Parse(string json)
    {
        try
        {
            SweepDefinition read = JsonSerializer.Deserialize(json, SweepJson.Written.SweepDefinition)
                ?? throw new InvalidDataException("an empty definition of a sweep");
            // Sweeps that were begun before variants existed have none.
            return read with { Variants = read.Variants ?? [] };
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
