using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nudge.Reproductions.Results;

/// <summary>The outcome of a reproduction, in the order of summary.json.</summary>
public sealed record ReproductionSummary
{
    /// <summary>Name of the reproduction.</summary>
    public required string Name { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>What the paper claims.</summary>
    public required string Claim { get; init; }

    /// <summary>Whether it ran in the quick form, whose shortened runs are not judged.</summary>
    public required bool Quick { get; init; }

    /// <summary>Runs asked of each arm.</summary>
    public required int Seeds { get; init; }

    /// <summary>The metric that the arms are compared by.</summary>
    public required string Metric { get; init; }

    /// <summary>Whether less of it is better.</summary>
    public required bool LowerIsBetter { get; init; }

    /// <summary>The arms.</summary>
    public required IReadOnlyList<ArmSummary> Arms { get; init; }

    /// <summary>The verdicts.</summary>
    public required IReadOnlyList<VerdictSummary> Verdicts { get; init; }

    /// <summary>Why runs failed, each as <c>arm, seed N: message</c>.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    /// <summary>The warnings of the runs, each once with the arm that it was first raised in.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether it was stopped before all runs were over.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Vector instructions of the machine; results do not depend on them.</summary>
    public required string InstructionSet { get; init; }

    /// <summary>Runs at a time.</summary>
    public required int Workers { get; init; }

    /// <summary>Wall time of all runs together, in seconds.</summary>
    public required double RunSeconds { get; init; }

    /// <summary>The folder that was written to.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The title with what has to be known of the runs.</summary>
    [JsonIgnore]
    public string FigureTitle => Title + (Quick ? " (quick form)" : "") + (Interrupted ? " (interrupted)" : "");

    /// <summary>The summary as one indented JSON object.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReproductionSummaryJson.Written.ReproductionSummary);
}

/// <summary>How a summary becomes JSON.</summary>
[JsonSerializable(typeof(ReproductionSummary))]
internal sealed partial class ReproductionSummaryJson : JsonSerializerContext
{
    internal static ReproductionSummaryJson Written { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
