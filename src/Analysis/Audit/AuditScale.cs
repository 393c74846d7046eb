using Nudge.Networks;
using Nudge.Phases;
using Nudge.Topology;

namespace Nudge.Audit;

/// <summary>How long an experiment of the audit lasts, and how large it is.</summary>
internal static class AuditScale
{
    private const int FewestPhases = 8;
    private const int MostPhases = 96;
    private const int Lessons = 4;
    private const int Batch = 3;
    private const int Steps = 1000;
    private const int Large = 1_000_000;
    private const int Many = 24;
    private const int Hidden = 48;
    private const int HiddenOfMany = 6;
    private const int Channels = 4;

    /// <summary>
    /// Shortens batches, for what waits in one weighs the same, however long it waits; and phases, for what outlasts a
    /// thousand steps of one outlasts a million.
    /// </summary>
    internal static NetworkPlan Shorten(NetworkPlan network)
    {
        NetworkSettings settings = network.Settings;
        double longest = Steps * settings.Time.Step;
        if (settings.Learning.Batch <= Batch && settings.Phases.Length.Mean <= longest)
            return network;
        PhaseLengthSettings length = settings.Phases.Length;
        return NetworkCompiler.Compile(
            settings with
            {
                Learning = settings.Learning with { Batch = Math.Min(Batch, settings.Learning.Batch) },
                Phases = settings.Phases with
                {
                    Length = length with { Mean = Math.Min(longest, length.Mean), Floor = Math.Min(longest, length.Floor) },
                },
            },
            network.ExpectedStimuli);
    }

    /// <summary>
    /// Makes the hidden populations of a large network, or of one cut into many slices, small: which places matter does
    /// not depend on how many units there are, and the bytes are counted on the whole.
    /// </summary>
    internal static NetworkPlan Shrink(NetworkPlan network)
    {
        bool many = network.Slices.Count > Many;
        if (!many && network.Synapses < Large)
            return network;
        int most = many ? HiddenOfMany : Hidden;
        IReadOnlyList<KeyValuePair<string, PopulationSettings>> populations =
            [.. network.Settings.Populations.Select(pair => KeyValuePair.Create(pair.Key, Small(pair.Value, most)))];
        return NetworkCompiler.Compile(network.Settings with { Populations = populations }, network.ExpectedStimuli);
    }

    /// <summary>Whether the reference run needs another phase: every slice must have learned a few times.</summary>
    internal static bool GoesOn(NetworkPlan network, int phases, int lessons)
    {
        int wanted = Lessons * network.Settings.Learning.Batch;
        return phases < FewestPhases || (phases < MostPhases * network.Settings.Learning.Batch && lessons < wanted);
    }

    private static PopulationSettings Small(PopulationSettings population, int most) => population switch
    {
        { Role: not PopulationRole.Hidden } => population,
        // Heights and widths belong to windows; channels are the same over and over.
        { Shape: { } shape } => population with { Size = 0, Shape = shape with { Channels = Math.Min(shape.Channels, Channels) } },
        _ => population with { Size = Math.Min(population.Size, most) },
    };
}
