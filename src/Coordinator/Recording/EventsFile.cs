using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nudge.Recording;

/// <summary>What happened to the cluster during a run, as one line of <c>events.jsonl</c>.</summary>
/// <param name="Seconds">Wall time since the run began, over all its parts.</param>
/// <param name="Presentations">Stimuli shown by then.</param>
/// <param name="Kind"><c>move</c> for a slice that started again, <c>notice</c> for anything else.</param>
/// <param name="Text">The same for people.</param>
public sealed record RunEvent(double Seconds, long Presentations, string Kind, string Text)
{
    /// <summary>The slice that moved.</summary>
    public string? Slice { get; init; }

    /// <summary>The node that it was on.</summary>
    public string? From { get; init; }

    /// <summary>The node that it is on.</summary>
    public string? To { get; init; }

    /// <summary>Why it moved.</summary>
    public string? Cause { get; init; }

    /// <summary>Its new incarnation.</summary>
    public int? Incarnation { get; init; }

    /// <summary>The snapshot that it went on from; 0 for the first state.</summary>
    public long? Snapshot { get; init; }

    /// <summary>Wall time for which it was away.</summary>
    public double? Away { get; init; }
}

/// <summary>The file of these events; there is none where nothing happened.</summary>
internal static class EventsFile
{
    /// <summary>Adds an event.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">The event.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    internal static void Add(string path, RunEvent what)
    {
        try
        {
            File.AppendAllText(path, JsonSerializer.Serialize(what, RunEventJson.Lines.RunEvent) + "\n", Encoding.UTF8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputException.DuringRun(path, error);
        }
    }
}

/// <summary>How an event becomes JSON.</summary>
[JsonSerializable(typeof(RunEvent))]
internal sealed partial class RunEventJson : JsonSerializerContext
{
    internal static RunEventJson Lines { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
