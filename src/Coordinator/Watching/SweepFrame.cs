using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nudge.Watching;

/// <summary>What a page has to know of a sweep before its frames.</summary>
internal sealed record SweepDescription
{
    public required string Name { get; init; }

    public required string Command { get; init; }

    public required string Folder { get; init; }

    public required int Seeds { get; init; }

    public required int Runs { get; init; }

    public required MeasureFrame Measure { get; init; }

    public required IReadOnlyList<VariationFrame> Variations { get; init; }
}

/// <summary>What runs are judged by; values are multiplied by the scale before they are shown.</summary>
internal sealed record MeasureFrame(string Name, string Axis, string Unit, double Scale, int Decimals, bool LowerIsBetter);

/// <summary>A setting that varies; the last one changes fastest from point to point.</summary>
/// <param name="Path">The setting.</param>
/// <param name="Name">A short name of it.</param>
/// <param name="Values">Its values for people.</param>
/// <param name="Numbers">Its values as numbers; null where one is none.</param>
/// <param name="Logarithmic">Whether their ratios, rather than their differences, are alike.</param>
/// <param name="Tuned">Whether reports take the best of its values.</param>
internal sealed record VariationFrame(
    string Path, string Name, IReadOnlyList<string> Values, IReadOnlyList<double>? Numbers, bool Logarithmic, bool Tuned);

/// <summary>What the page shows of a sweep at one moment.</summary>
internal sealed record SweepFrame
{
    public required long Number { get; init; }

    public required string State { get; init; }

    /// <summary>Runs that are over.</summary>
    public required int Over { get; init; }

    /// <summary>Runs of these that failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Runs that go on; null where only another process knows.</summary>
    public required int? Running { get; init; }

    /// <summary>The part of the sweep that is done, 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Seconds to the end at the pace so far; null where it is not known.</summary>
    public required double? SecondsLeft { get; init; }

    public required IReadOnlyList<PointFrame> Points { get; init; }
}

/// <summary>One point of a sweep.</summary>
/// <param name="Done">Runs that ended well.</param>
/// <param name="Failed">Runs that failed.</param>
/// <param name="Dead">Runs of the first in which a population fell silent.</param>
/// <param name="Running">Runs that go on.</param>
/// <param name="Mean">Mean of the measure; null where there is none.</param>
/// <param name="Low">Lower end of its 95 % interval, likewise.</param>
/// <param name="High">Upper end.</param>
/// <param name="Lost">Mean share of messages that the link models lost.</param>
/// <param name="Seconds">Mean wall time of a run.</param>
/// <param name="Seeds">Its runs that are over, by seed.</param>
internal sealed record PointFrame(
    int Done, int Failed, int Dead, int Running, double? Mean, double? Low, double? High, double? Lost, double? Seconds,
    IReadOnlyList<SeedFrame> Seeds);

/// <summary>A run that is over.</summary>
internal sealed record SeedFrame(ulong Seed, double? Value, string Message, IReadOnlyList<string> Warnings);

/// <summary>How frames of sweeps become JSON.</summary>
[JsonSerializable(typeof(SweepDescription))]
[JsonSerializable(typeof(SweepFrame))]
internal sealed partial class SweepFrameJson : JsonSerializerContext
{
    internal static SweepFrameJson Web { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    });
}
