namespace Nudge.Variance;

/// <summary>What <c>nudge variance</c> was asked for.</summary>
internal sealed record VarianceRequest
{
    /// <summary>The values of b that are measured unless others are named.</summary>
    internal static IReadOnlyList<double> UsualBs { get; } = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>A file, or an embedded experiment.</summary>
    internal required string File { get; init; }

    /// <summary>Overrides of its settings.</summary>
    internal required IReadOnlyList<string> Overrides { get; init; }

    /// <summary>Probabilities of a positive phase, ascending.</summary>
    internal required IReadOnlyList<double> Bs { get; init; }

    /// <summary>Phases for each b.</summary>
    internal required int Phases { get; init; }

    /// <summary>Stimuli to train with before.</summary>
    internal required long After { get; init; }

    /// <summary>Folder of data files, or null.</summary>
    internal string? Data { get; init; }

    /// <summary>Folder for results, or null for a fresh one.</summary>
    internal string? Out { get; init; }

    /// <summary>Whether to print JSON.</summary>
    internal bool Json { get; init; }
}
