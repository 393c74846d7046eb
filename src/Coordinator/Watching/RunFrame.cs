using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nudge.Watching;

/// <summary>What the page shows of a run at one moment. Bytes travel as base64; numbers that are not finite are null.</summary>
internal sealed record RunFrame
{
    public required long Number { get; init; }

    public required double Wall { get; init; }

    public required string State { get; init; }

    public required double Tau { get; init; }

    public required long Phase { get; init; }

    public required long Presentations { get; init; }

    public double? Rate { get; init; }

    public double? TauPerSecond { get; init; }

    public double? SpeedLimit { get; init; }

    public double B { get; init; }

    public double? RunningAccuracy { get; init; }

    public EvaluatingFrame? Evaluating { get; init; }

    public StimulusFrame? Stimulus { get; init; }

    public required IReadOnlyList<SliceFrame> Slices { get; init; }

    public required IReadOnlyList<LinkFrame> Links { get; init; }

    public required RasterFrame Raster { get; init; }

    public required IReadOnlyList<PopulationFrame> Populations { get; init; }

    public required IReadOnlyList<AgeFrame> Staleness { get; init; }

    public double? Symmetry { get; init; }

    public required IReadOnlyList<CurveFrame> Curve { get; init; }

    public required IReadOnlyList<AlignmentFrame> Alignment { get; init; }

    public required IReadOnlyList<InterventionFrame> Interventions { get; init; }

    public required IReadOnlyList<string> Moves { get; init; }
}

internal sealed record EvaluatingFrame(int Shown, int Examples);

internal sealed record StimulusFrame(byte[] Values, int Label, int? Answer, bool Positive);

internal sealed record SliceFrame(
    int Index,
    long Phase,
    int Polarity,
    double LocalTau,
    long Steps,
    byte[] Activity,
    double Low,
    double High,
    int? Node,
    bool Silenced,
    double Pace);

internal sealed record LinkFrame(
    string Name,
    long Sent,
    long Delivered,
    long Lost,
    long CutOff,
    long Duplicated,
    long Network,
    long Waiting,
    double Loss,
    double Delay,
    double Duplicate,
    bool Cut);

internal sealed record RasterFrame(IReadOnlyList<SpanFrame> Coordinator, IReadOnlyList<SliceSpansFrame> Slices);

internal sealed record SliceSpansFrame(int Index, IReadOnlyList<SpanFrame> Spans);

internal sealed record SpanFrame(long Phase, int Polarity, double From, double Until, long Gated, long WrongSign);

internal sealed record PopulationFrame(
    string Name,
    long LearnedPositive,
    long LearnedNegative,
    long Gated,
    long WrongSign,
    double? Saturated,
    double? Dead,
    double? UpdateNorm);

internal sealed record AgeFrame(double? UpTo, long Count);

internal sealed record CurveFrame(long Presentations, double? Running, double? Accuracy);

internal sealed record AlignmentFrame(long Presentations, double? Cosine, double? Slope);

internal sealed record InterventionFrame(
    int Number,
    string Name,
    long Presentations,
    double Tau,
    long Phase,
    string Text,
    string Kind,
    bool Undone,
    bool CanUndo,
    bool Scripted);

/// <summary>What the page has to know of a run before its frames.</summary>
internal sealed record NetworkFrame
{
    public required string Name { get; init; }

    public required string Engine { get; init; }

    public required ulong Seed { get; init; }

    public required string Folder { get; init; }

    public required string Mode { get; init; }

    public required long Presentations { get; init; }

    public required double Step { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    public required ShapeFrame Input { get; init; }

    public required IReadOnlyList<PopulationPlanFrame> Populations { get; init; }

    public required IReadOnlyList<ProjectionPlanFrame> Projections { get; init; }

    public required bool CanControl { get; init; }

    public required IReadOnlyList<string> Nodes { get; init; }

    // The number by which an intervention names each of the nodes; null for one that the run has not started.
    public required IReadOnlyList<int?> OwnNodes { get; init; }
}

internal sealed record ShapeFrame(int Width, int Height);

internal sealed record PopulationPlanFrame(string Name, string Role, int Size, IReadOnlyList<SlicePlanFrame> Slices);

internal sealed record SlicePlanFrame(int Index, string Name, int First, int Count);

internal sealed record ProjectionPlanFrame(
    string Name,
    string Projection,
    string Source,
    string Target,
    bool Backward,
    string DelayLaw,
    double Delay,
    double Loss,
    double Duplicate);

/// <summary>How frames become JSON.</summary>
[JsonSerializable(typeof(RunFrame))]
[JsonSerializable(typeof(NetworkFrame))]
[JsonSerializable(typeof(RecordedLine))]
internal sealed partial class FrameJson : JsonSerializerContext
{
    internal static FrameJson Web { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    });
}
