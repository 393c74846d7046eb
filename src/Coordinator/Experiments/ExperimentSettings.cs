using System.ComponentModel.DataAnnotations;
using Nudge.Actors;
using Nudge.Clocks;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Projections;

namespace Nudge.Experiments;

/// <summary>Where the examples come from.</summary>
public sealed record DataSettings
{
    /// <summary>Name of the set: xor, two-moons, bars-and-stripes, digits, mnist, or idx for any other pair of IDX files.</summary>
    public required string Set { get; init; }

    /// <summary>Folder of the IDX files; by default the one that NUDGE_DATA names.</summary>
    public string? Path { get; init; }

    /// <summary>Number of training examples, from the first on; by default all (digits: 10 000).</summary>
    [Range(1, 100_000_000)]
    public int? Train { get; init; }

    /// <summary>Number of held-out examples, from the first on; by default all (digits: 2 000).</summary>
    [Range(1, 100_000_000)]
    public int? Test { get; init; }
}

/// <summary>How long a run is, and how often it looks up.</summary>
public sealed record RunSettings
{
    /// <summary>Stimuli to train on, in all lanes together.</summary>
    [Range(0, 1e12)]
    public long Presentations { get; init; } = 10_000;

    /// <summary>Presentations between two evaluations during training; 0 for one at the end only.</summary>
    [Range(0, 1e12)]
    public long EvaluateEvery { get; init; } = 5000;

    /// <summary>Held-out examples of an evaluation during training; the one at the end takes all.</summary>
    [Range(1, 100_000_000)]
    public int EvaluateExamples { get; init; } = 1000;

    /// <summary>Presentations between two checkpoints; 0 for none but on interruption.</summary>
    [Range(0, 1e12)]
    public long CheckpointEvery { get; init; } = 5000;
}

/// <summary>One experiment: everything that a run depends on.</summary>
public sealed record ExperimentSettings
{
    /// <summary>Version of the file's format.</summary>
    [Range(1, 1)]
    public int Format { get; init; } = 1;

    /// <summary>Name of the experiment and of its run directories.</summary>
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")]
    public required string Name { get; init; }

    /// <summary>The seed that keys every random draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Where the examples come from.</summary>
    public required DataSettings Data { get; init; }

    /// <summary>The step of the local clocks.</summary>
    public TimeSettings Time { get; init; } = new();

    /// <summary>Populations by name; one is the input and one the output.</summary>
    public required IReadOnlyDictionary<string, PopulationSettings> Populations { get; init; }

    /// <summary>Local clocks.</summary>
    public ClockSettings Clocks { get; init; } = new();

    /// <summary>The cut of populations into slices, each an actor of its own.</summary>
    public GranularitySettings Granularity { get; init; } = GranularitySettings.Layer;

    /// <summary>Projections by name.</summary>
    public required IReadOnlyDictionary<string, ProjectionSettings> Projections { get; init; }

    /// <summary>How links treat their messages.</summary>
    public LinksSettings Links { get; init; } = new();

    /// <summary>The contrastive model.</summary>
    public ModelSettings Model { get; init; } = new();

    /// <summary>The plasticity rule and its switches.</summary>
    public LearningSettings Learning { get; init; } = new();

    /// <summary>Polarity and length of phases.</summary>
    public PhaseSettings Phases { get; init; } = new();

    /// <summary>Independent stimuli that the network carries side by side, each with a polarity of its own.</summary>
    [Range(1, 4096)]
    public int Lanes { get; init; } = 1;

    /// <summary>The actor engine; virtual time does not read it.</summary>
    public ActorEngineSettings Engine { get; init; } = new();

    /// <summary>How long the run is.</summary>
    public RunSettings Run { get; init; } = new();

    /// <summary>The part that the engines need.</summary>
    public NetworkSettings ToNetwork() => new()
    {
        Seed = Seed,
        Populations = [.. Populations],
        Projections = [.. Projections],
        Time = Time,
        Clocks = Clocks,
        Granularity = Granularity,
        Links = Links,
        Model = Model,
        Learning = Learning,
        Phases = Phases,
        Lanes = Lanes,
    };

    /// <summary>Stimuli that each lane sees: presentations over lanes, rounded up.</summary>
    public long Rounds => (Run.Presentations + Lanes - 1) / Lanes;
}
