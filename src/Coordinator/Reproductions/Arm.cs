using Nudge.Experiments;

namespace Nudge.Reproductions;

/// <summary>One of the conditions that a reproduction compares.</summary>
public sealed record Arm
{
    /// <summary>Its name in tables and figures.</summary>
    public required string Name { get; init; }

    /// <summary>The embedded experiment, or a file.</summary>
    public required string Experiment { get; init; }

    /// <summary>Arms of one series share a colour in figures; by default each is its own.</summary>
    public string? Series { get; init; }

    /// <summary>Phases for each b, where the arm measures the variance of its updates; 0 where it is a run.</summary>
    public int VariancePhases { get; init; }

    /// <summary>The same in the quick form.</summary>
    public int QuickVariancePhases { get; init; }

    /// <summary>Phases of a reading of the truth meter at its weights, where the arm is one; 0 where it is a run.</summary>
    public int TruthPhases { get; init; }

    /// <summary>The same in the quick form.</summary>
    public int QuickTruthPhases { get; init; }

    /// <summary>Where it lies along the axis of a figure against theory.</summary>
    public double At { get; init; }

    /// <summary>Settings in place of the experiment's, each <c>path=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Settings that make it short, applied after <see cref="Overrides"/>.</summary>
    public IReadOnlyList<string> QuickOverrides { get; init; } = [];

    /// <summary>All settings in place of the experiment's.</summary>
    /// <param name="quick">Whether for the quick form.</param>
    public IReadOnlyList<string> Assignments(bool quick) => quick ? [.. Overrides, .. QuickOverrides] : Overrides;

    /// <summary>Loads its experiment.</summary>
    /// <param name="quick">Whether in the quick form.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <exception cref="ExperimentException">The settings are not valid.</exception>
    public LoadedExperiment Load(bool quick, ulong seed) => ExperimentFile.Load(Experiment, Assignments(quick), seed);
}
