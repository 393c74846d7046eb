using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Nudge.Recording;

/// <summary>Something about a run that is allowed and probably not meant, or that its results must be read with.</summary>
/// <param name="Topic">What kind of thing it warns of, one of <see cref="WarningTopics"/>: for programs.</param>
/// <param name="Path">The setting or the part of the network, such as <c>populations.hidden</c>; empty for the whole run.</param>
/// <param name="Message">What is so, and what would be better.</param>
public sealed record RunWarning(string Topic, string Path, string Message)
{
    /// <summary>Where the user wrote it: FILE:LINE:COLUMN, or an option; null where it was not written.</summary>
    public string? Place { get; init; }

    /// <summary>Stimuli shown in training when it was raised; null where it was known before the run.</summary>
    public long? Presentations { get; init; }

    /// <summary>Whether it says the same as another one, which may have been raised later or read from another file.</summary>
    internal bool Repeats(RunWarning other) => Topic == other.Topic && Path == other.Path
        && Presentations is null == other.Presentations is null
        && (Presentations is not null || Message == other.Message);

    /// <summary>The warning in one line, for people, without the word.</summary>
    [JsonIgnore]
    public string Text
    {
        get
        {
            string shown = Presentations is long stimuli
                ? string.Create(CultureInfo.InvariantCulture, $"after {stimuli:N0} stimuli")
                : "";
            return string.Join(": ", new[] { Place ?? "", shown, Path, Message }.Where(part => part.Length > 0));
        }
    }

    /// <summary>The line that standard error shows.</summary>
    public override string ToString() => $"warning: {Text}";
}

/// <summary>The topics of warnings.</summary>
public static class WarningTopics
{
    /// <summary>A setting of the experiment that is allowed and probably not meant.</summary>
    public const string Settings = "settings";

    /// <summary>The examples.</summary>
    public const string Data = "data";

    /// <summary>A checkpoint that was skipped when the run went on.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>Readings of the truth meter.</summary>
    public const string Truth = "truth";

    /// <summary>A population whose units are saturated.</summary>
    public const string Saturated = "saturated";

    /// <summary>A population whose units are silent.</summary>
    public const string Dead = "dead";

    /// <summary>Weights that change by much of their size.</summary>
    public const string Updates = "updates";

    /// <summary>Answers that name no class.</summary>
    public const string Undecided = "undecided";

    /// <summary>Nodes of a cluster and their connections.</summary>
    public const string Nodes = "nodes";
}

/// <summary>How a list of warnings becomes JSON.</summary>
[JsonSerializable(typeof(IReadOnlyList<RunWarning>))]
internal sealed partial class RunWarningJson : JsonSerializerContext
{
    private static readonly RunWarningJson Written =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase });

    /// <summary>The list, for a command that makes its JSON object itself.</summary>
    internal static JsonNode Of(IReadOnlyList<RunWarning> warnings) =>
        JsonSerializer.SerializeToNode(warnings, Written.IReadOnlyListRunWarning)!;
}
