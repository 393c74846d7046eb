using Nudge.Recording;

namespace Nudge.Running;

/// <summary>What a run among many gave.</summary>
public sealed record HeadlessResult
{
    /// <summary>Numbers at the end of the run, by the names in <see cref="MetricNames"/>.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>The evaluations, from the first to that of the end.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>Wall time in seconds; the only part that two runs of one seed do not share.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Hash of all events.</summary>
    public required ulong EventHash { get; init; }

    /// <summary>The warnings of the run.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>Share of correct held-out answers; not-a-number where the model gives no answers.</summary>
    public double Accuracy => Metrics.TryGetValue(MetricNames.Accuracy, out double value) ? value : double.NaN;
}

/// <summary>A point of a learning curve.</summary>
/// <param name="Presentations">Stimuli shown in training before it.</param>
/// <param name="Value">What an evaluation gave there.</param>
public readonly record struct CurvePoint(long Presentations, double Value);
