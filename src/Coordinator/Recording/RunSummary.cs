using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Nudge.Actors;

namespace Nudge.Recording;

/// <summary>The settings and results of a run, in the order of run.json.</summary>
public sealed record RunSummary
{
    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The engine, as in <c>--engine</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>The commit that the program was built from; null where that is not known, and in runs of earlier versions.</summary>
    public string? Commit { get; init; }

    /// <summary>Vector instructions that the run had.</summary>
    public required string InstructionSet { get; init; }

    /// <summary>Version of the runtime.</summary>
    public required string Dotnet { get; init; }

    /// <summary>The settings in full; left out where null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonNode? Settings { get; init; }

    /// <summary>The examples, as they were read or drawn; null in a run.json that is older.</summary>
    public DataSummary? Data { get; init; }

    /// <summary>Settings that were changed when the run went on, with their values before and after.</summary>
    public IReadOnlyList<SettingChange> Changes { get; init; } = [];

    /// <summary>What was changed while it ran, the earliest first.</summary>
    public IReadOnlyList<InterventionSummary> Interventions { get; init; } = [];

    /// <summary>Stimuli shown in training.</summary>
    public required long Presentations { get; init; }

    /// <summary>Share of correct answers on the held-out set, 0 to 1; null if the run did not get there.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>The same by synchronous relaxation of the same weights, as a check; null if not made.</summary>
    public required double? AccuracySynchronous { get; init; }

    /// <summary>Accuracies to compare with, such as <c>chance</c>; null where the measure is no accuracy.</summary>
    public required IReadOnlyDictionary<string, double?> Baselines { get; init; }

    /// <summary>The accuracy at which the run was to end, and when it was reached; null where it had none.</summary>
    public TargetSummary? Target { get; init; }

    /// <summary>Dead and saturated units by population; none off virtual time, and in runs of earlier versions.</summary>
    public IReadOnlyList<UnitsSummary> Units { get; init; } = [];

    /// <summary>All evaluations, the last one being that of <see cref="Accuracy"/>.</summary>
    public required IReadOnlyList<EvaluationSummary> Evaluations { get; init; }

    /// <summary>Wall time, in seconds, those before a resume included.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Stimuli shown in training per second of wall time, evaluations included.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Time that passed for the network, in τ.</summary>
    public required double SimulatedTau { get; init; }

    /// <summary>Events of virtual time, or messages handled by actors.</summary>
    public required long Events { get; init; }

    /// <summary>Hash of all events in hexadecimal; null off virtual time.</summary>
    public required string? EventHash { get; init; }

    /// <summary>SHA-256 of weights.npz in hexadecimal; null if there is none.</summary>
    public required string? WeightsHash { get; init; }

    /// <summary>The folder that the run wrote to.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>What became of all messages.</summary>
    public required LedgerSummary Ledger { get; init; }

    /// <summary>Updates of the whole network.</summary>
    public required LearnedSummary Learned { get; init; }

    /// <summary>The last b: the probability of a positive phase.</summary>
    public required double B { get; init; }

    /// <summary>cos(W, Wᵀ) of the two weight copies of each bidirectional projection.</summary>
    public required IReadOnlyDictionary<string, double> Symmetry { get; init; }

    /// <summary>Further numbers that the run is judged by, by name, such as <c>negativeLogLikelihood</c>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The network's energy at the end (theory §4); null if it is not finite.</summary>
    public double? Energy { get; init; }

    /// <summary>Share of steps made in a phase that the coordinator had left, 0 to 1; null off virtual time.</summary>
    public double? PhaseLag { get; init; }

    /// <summary>How old the activity was that updates used.</summary>
    public StalenessSummary? Staleness { get; init; }

    /// <summary>The last reading of the truth meter; null if there is none.</summary>
    public TruthRow? Truth { get; init; }

    /// <summary>Bytes that the rules of all slices carry from phase to phase, as measured; null if they could not be.</summary>
    public long? CarriedBytes { get; init; }

    /// <summary>The same, place by place.</summary>
    public IReadOnlyList<CarriedSummary> Carried { get; init; } = [];

    /// <summary>The memory of the processes that hosted slices; null in a run.json that is older.</summary>
    public MemorySummary? Memory { get; init; }

    /// <summary>Actors that failed and were restarted.</summary>
    public required long Faults { get; init; }

    /// <summary>Slices that started again on other nodes, the earliest first.</summary>
    public IReadOnlyList<SliceMove> Moves { get; init; } = [];

    /// <summary>The name under which the store of its nodes keeps the slices (nudge store); null where none does, and in runs of earlier versions.</summary>
    public string? StoredAs { get; init; }

    /// <summary>What the results must be read with, the earliest first; the same that standard error showed.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>Presentations of the checkpoint that the run went on from; null if it never stopped.</summary>
    public required long? ResumedFrom { get; init; }

    /// <summary>Whether the run was stopped before its end; <c>--resume</c> goes on.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>The whole summary as one indented JSON object: run.json.</summary>
    public string ToJson() => RunSummaryJson.Of(this);

    /// <summary>The summary without settings as one indented JSON object: what <c>--json</c> prints.</summary>
    public string ToResultsJson() => RunSummaryJson.Of(this with { Settings = null });

    /// <summary>Reads a run.json.</summary>
    /// <param name="json">Its text.</param>
    /// <exception cref="System.Text.Json.JsonException">It is not a summary.</exception>
    public static RunSummary Parse(string json) => RunSummaryJson.Read(json);
}
