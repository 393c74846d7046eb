using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Nudge.Links;
using Nudge.Phases;
using Nudge.Populations;

namespace Nudge.Recording;

/// <summary>The books of all links together, and of each.</summary>
/// <param name="Sent">Messages sent.</param>
/// <param name="Delivered">Messages that arrived.</param>
/// <param name="Lost">Messages lost on the way, cut links included.</param>
/// <param name="InFlight">Messages under way at the end.</param>
/// <param name="Duplicates">Copies that links made.</param>
/// <param name="Superseded">Delivered ones that no step used.</param>
/// <param name="Late">Delivered ones of a phase already left.</param>
/// <param name="Unaccounted">What the independent counts do not explain.</param>
/// <param name="Links">Each directed projection, and each kind of control message.</param>
public sealed record LedgerSummary(
    long Sent,
    long Delivered,
    long Lost,
    long InFlight,
    long Duplicates,
    long Superseded,
    long Late,
    long Unaccounted,
    IReadOnlyList<LedgerEntry> Links)
{
    /// <summary>Sums the books.</summary>
    public static LedgerSummary Of(IReadOnlyList<LedgerEntry> links)
    {
        LedgerEntry all = LedgerEntry.Sum("all", links);
        return new(
            all.Sent,
            all.Delivered,
            all.Lost + all.Cut,
            all.InFlight,
            all.Duplicates,
            all.Superseded,
            all.Late,
            all.Unaccounted,
            links);
    }
}

/// <summary>The results of a run: run.json, and what <c>--json</c> prints.</summary>
public sealed record RunSummary
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>Share of correct answers on the held-out set, 0 to 1; null if the run did not get there.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>The same by synchronous relaxation of the same weights; a check.</summary>
    public required double? AccuracySynchronous { get; init; }

    /// <summary>Held-out examples of the last evaluation.</summary>
    public required int Examples { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The engine.</summary>
    public required string Engine { get; init; }

    /// <summary>Stimuli shown.</summary>
    public required long Presentations { get; init; }

    /// <summary>Wall time, in seconds.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Stimuli shown per second of wall time, evaluations included.</summary>
    public required double PresentationsPerSecond { get; init; }

    /// <summary>Time that passed for the network, in τ.</summary>
    public required double SimulatedTau { get; init; }

    /// <summary>Events of virtual time, or messages handled by actors.</summary>
    public required long Events { get; init; }

    /// <summary>Hash of all events in hexadecimal; null off virtual time.</summary>
    public required string? EventHash { get; init; }

    /// <summary>SHA-256 of weights.npz.</summary>
    public required string WeightsHash { get; init; }

    /// <summary>The folder that the run wrote to.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The books of all links.</summary>
    public required LedgerSummary Ledger { get; init; }

    /// <summary>Lane-phases learned by each population.</summary>
    public required IReadOnlyDictionary<string, LearningTally> Learned { get; init; }

    /// <summary>cos(W, Wᵀ) of the two copies of each bidirectional projection.</summary>
    public required IReadOnlyDictionary<string, double> Symmetry { get; init; }

    /// <summary>All evaluations.</summary>
    public required IReadOnlyList<Evaluation> Evaluations { get; init; }

    /// <summary>Actors that failed and were restarted.</summary>
    public required long Faults { get; init; }

    /// <summary>Whether the run was interrupted; <c>--resume</c> goes on.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>Whether it had been interrupted and went on.</summary>
    public required bool Resumed { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Version of the runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>Vector instructions of the machine.</summary>
    public required string InstructionSet { get; init; }

    /// <summary>As one JSON object.</summary>
    /// <param name="settings">The settings in full, or null to leave them out.</param>
    public string ToJson(JsonNode? settings)
    {
        JsonObject node = JsonSerializer.SerializeToNode(this, Options)!.AsObject();
        if (settings is not null)
            node["settings"] = settings.DeepClone();
        return node.ToJsonString(Options);
    }
}
