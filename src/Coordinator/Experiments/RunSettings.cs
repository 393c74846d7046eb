using System.ComponentModel.DataAnnotations;

namespace Nudge.Experiments;

/// <summary>The length of a run, counted in presentations: one stimulus in one lane, held for its phases.</summary>
public sealed record RunSettings
{
    /// <summary>Presentations in the whole run; with several lanes rounded up to a multiple of them.</summary>
    [Range(1, 1e12)]
    public long Presentations { get; init; } = 10_000;

    /// <summary>Presentations between two intermediate evaluations; 0 for one at the end only.</summary>
    [Range(0, 1e12)]
    public long EvaluateEvery { get; init; } = 5000;

    /// <summary>Held-out examples used at an intermediate evaluation; the last one uses all.</summary>
    [Range(1, 1_000_000)]
    public int EvaluateExamples { get; init; } = 1000;

    /// <summary>Presentations between two checkpoints; 0 for none.</summary>
    [Range(0, 1e12)]
    public long CheckpointEvery { get; init; } = 5000;

    /// <summary>
    /// Presentations between two readings of the truth meter, which compares the mean update with the exact gradient; 0 for
    /// none. For small networks only.
    /// </summary>
    [Range(0, 1e12)]
    public long TruthEvery { get; init; }

    /// <summary>Phases that a reading of the truth meter observes.</summary>
    [Range(20, 1e9)]
    public long TruthPhases { get; init; } = 2000;
}
