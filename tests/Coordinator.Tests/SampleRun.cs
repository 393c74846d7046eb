using System.Text.Json.Nodes;
using Nudge.Recording;

namespace Nudge.Coordinator.Tests;

/// <summary>A run as it might have gone.</summary>
internal static class SampleRun
{
    public static RunSummary Summary { get; } = new()
    {
        Name = "digits",
        Seed = 1,
        Engine = "virtual",
        Version = "0.1.0",
        InstructionSet = "AVX2+FMA",
        Dotnet = "10.0.0",
        Settings = JsonNode.Parse("""{"name": "digits", "seed": 1}"""),
        Presentations = 8000,
        Accuracy = 0.942,
        AccuracySynchronous = 0.944,
        Baselines = new Dictionary<string, double?> { ["chance"] = 0.1 },
        Evaluations =
        [
            new(1000, 0.61, 1000), new(2000, 0.78, 1000), new(4000, 0.893, 1000), new(6000, 0.928, 1000),
            new(8000, 0.942, 1000),
        ],
        WallSeconds = 7.5,
        SamplesPerSecond = 1066.7,
        SimulatedTau = 192_000.5,
        Events = 1_500_000,
        EventHash = "00c0ffee00c0ffee",
        WeightsHash = null,
        OutputDirectory = Path.Combine("runs", "digits-1"),
        Ledger = LedgerSummary.Of(
        [
            new("image-hidden.forward", 200_000, 179_900, 20_000, 0, 0, 100, 40_000, 900),
            new("hidden-label.forward", 768_000, 691_150, 76_500, 0, 0, 350, 210_000, 12_000),
            new("hidden-label.backward", 700_000, 609_650, 70_100, 20_000, 0, 250, 180_000, 9_000),
            new("control.stimulus", 16_000, 16_000, 0, 0, 0, 0, 0, 0),
        ]),
        Learned = new(24_000, 23_800, 1_200),
        B = 0.5,
        Symmetry = new Dictionary<string, double> { ["hidden-label"] = 0.987 },
        Faults = 0,
        ResumedFrom = null,
        Interrupted = false,
    };

    /// <summary>Some interventions, spread over the run.</summary>
    public static IReadOnlyList<InterventionSummary> Interventions(int count) =>
    [
        .. Enumerable.Range(1, count).Select(number => new InterventionSummary(
            number,
            $"asked-{number}",
            8000 * number / (count + 1),
            16_000 * number / (count + 1),
            192_000.5 * number / (count + 1),
            number % 2 == 1 ? "all: loss independent 0.5" : $"asked-{number - 1} undone",
            number % 2 == 1 ? "change-links" : "undo",
            number % 2 == 1 && number < count)),
    ];

    public static IReadOnlyList<MetricsRow> Rows { get; } =
    [
        .. Enumerable.Range(1, 100).Select(sample => new MetricsRow(
            80 * sample,
            1920 * sample,
            160 * sample,
            0.95 - (0.85 * Math.Exp(-sample / 14.0)) + (0.01 * Math.Sin(sample)),
            Summary.Evaluations.FirstOrDefault(made => made.Presentations == 80 * sample)?.Accuracy,
            0,
            240 * sample,
            238 * sample,
            12 * sample,
            0.5,
            0.075 * sample)),
    ];
}
