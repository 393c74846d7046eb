using Nudge.Clocks;
using Nudge.Links;
using Nudge.Models;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Networks;

/// <summary>All that an engine needs to know of a network: the experiment file without its data and its run.</summary>
public sealed record NetworkSettings
{
    /// <summary>The seed that keys every random draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Populations by name, in the order of the file, which is the order of their numbers.</summary>
    public required IReadOnlyList<KeyValuePair<string, PopulationSettings>> Populations { get; init; }

    /// <summary>Projections by name, in the order of the file.</summary>
    public required IReadOnlyList<KeyValuePair<string, ProjectionSettings>> Projections { get; init; }

    /// <summary>The step of the local clocks.</summary>
    public TimeSettings Time { get; init; } = new();

    /// <summary>Local clocks.</summary>
    public ClockSettings Clocks { get; init; } = new();

    /// <summary>The cut of populations into slices.</summary>
    public GranularitySettings Granularity { get; init; } = GranularitySettings.Layer;

    /// <summary>Links.</summary>
    public LinksSettings Links { get; init; } = new();

    /// <summary>How far units are from what the model says.</summary>
    public DeviceSettings Devices { get; init; } = new();

    /// <summary>The model.</summary>
    public ModelSettings Model { get; init; } = new EquilibriumPropagationSettings();

    /// <summary>The definition of the model.</summary>
    public ModelDefinition ModelDefinition => (ModelDefinition)Model.Definition;

    /// <summary>The plasticity rule and its switches.</summary>
    public LearningSettings Learning { get; init; } = new();

    /// <summary>Phases.</summary>
    public PhaseSettings Phases { get; init; } = new();

    /// <summary>Independent stimuli that the network carries side by side.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Classes of the examples: the labels that Forward-Forward overlays.</summary>
    public int Classes { get; init; } = 10;
}
