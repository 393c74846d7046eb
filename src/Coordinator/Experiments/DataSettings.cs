using System.ComponentModel.DataAnnotations;

namespace Nudge.Experiments;

/// <summary>The examples of an experiment file.</summary>
public sealed record DataSettings
{
    /// <summary>The set: drawn by the program itself, or (mnist, idx) read from a folder of IDX files.</summary>
    [AllowedValues("xor", "two-moons", "bars-and-stripes", "bars-and-stripes-32", "random-patterns", "digits", "mnist", "idx")]
    public required string Set { get; init; }

    /// <summary>The folder of IDX files; by default the environment variable NUDGE_DATA names it.</summary>
    public string? Path { get; init; }

    /// <summary>Examples to learn from; by default all, or a usual number where the program draws them.</summary>
    [Range(1, 1_000_000)]
    public int? Train { get; init; }

    /// <summary>Held-out examples to be judged by; by default all, or a usual number.</summary>
    [Range(1, 1_000_000)]
    public int? Test { get; init; }

    /// <summary>Values of an example of random-patterns, which have any size; by default 784.</summary>
    [Range(1, 1_000_000)]
    public int? Inputs { get; init; }

    /// <summary>Classes of random-patterns; by default 10.</summary>
    [Range(1, 1_000_000)]
    public int? Classes { get; init; }

    /// <summary>Values above this become 1 and all others 0; by default they stay as they are.</summary>
    [Range(0, 1)]
    public double? Binarise { get; init; }
}
