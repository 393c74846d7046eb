using System.ComponentModel.DataAnnotations;
using Nudge.Actors;
using Nudge.Clocks;
using Nudge.DataSets;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Plugins;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Experiments;

/// <summary>An experiment: one file, all of it. Times are in units of the membrane time constant τ.</summary>
public sealed record ExperimentSettings
{
    /// <summary>The format of this file.</summary>
    [Range(1, 1)]
    public int Format { get; init; } = 1;

    /// <summary>What the run is called; its directory is named after it.</summary>
    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    public required string Name { get; init; }

    /// <summary>The seed that keys every random draw: the same seed gives the same bits in virtual time.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Assemblies of your own, with rules, models, laws, data sets or placements that this file names.</summary>
    public IReadOnlyList<PluginSettings> Plugins { get; init; } = [];

    /// <summary>What is learned, and by what it is judged.</summary>
    public required DataSettings Data { get; init; }

    /// <summary>The step of the local clocks.</summary>
    public TimeSettings Time { get; init; } = new();

    /// <summary>Populations by name; their order here is the order of their numbers.</summary>
    public required IReadOnlyDictionary<string, PopulationSettings> Populations { get; init; }

    /// <summary>Local clocks.</summary>
    public ClockSettings Clocks { get; init; } = new();

    /// <summary>The cut of populations into slices.</summary>
    public GranularitySettings Granularity { get; init; } = GranularitySettings.Layer;

    /// <summary>Projections by name, each from one population to another.</summary>
    public required IReadOnlyDictionary<string, ProjectionSettings> Projections { get; init; }

    /// <summary>A file of weights that the network begins with; by default they are drawn from the seed, and biases are 0.</summary>
    public InitSettings? Init { get; init; }

    /// <summary>How messages travel.</summary>
    public LinksSettings Links { get; init; } = new();

    /// <summary>How far units are from what the model says, as in analogue hardware.</summary>
    public DeviceSettings Devices { get; init; } = new();

    /// <summary>The model.</summary>
    public ModelSettings Model { get; init; } = new EquilibriumPropagationSettings();

    /// <summary>The plasticity rule and its switches.</summary>
    public LearningSettings Learning { get; init; } = new();

    /// <summary>Phases.</summary>
    public PhaseSettings Phases { get; init; } = new();

    /// <summary>Independent stimuli that the network carries side by side.</summary>
    [Range(1, 4096)]
    public int Lanes { get; init; } = 1;

    /// <summary>Changes of the conditions while the network runs, by name: what a person could do by hand.</summary>
    public IReadOnlyDictionary<string, InterventionSettings> Interventions { get; init; } =
        new Dictionary<string, InterventionSettings>();

    /// <summary>The actor engine; virtual time does not read it.</summary>
    public ActorEngineSettings Engine { get; init; } = new();

    /// <summary>How long the run is, and how often it is evaluated.</summary>
    public RunSettings Run { get; init; } = new();

    /// <summary>Stimuli that each lane sees.</summary>
    public long Rounds => Rounding.Rounds(Run.Presentations, Lanes);

    /// <summary>What an engine needs to know of it.</summary>
    public NetworkSettings ToNetwork() => new()
    {
        Seed = Seed,
        Populations = [.. Populations],
        Projections = [.. Projections],
        Time = Time,
        Clocks = Clocks,
        Granularity = Granularity,
        Links = Links,
        Devices = Devices,
        Model = Model,
        Learning = Learning,
        Phases = Phases,
        Lanes = Lanes,
    };
}
