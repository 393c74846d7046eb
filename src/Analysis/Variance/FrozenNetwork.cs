using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Variance;

/// <summary>A network whose weights stand still at what another one has, with every learning rate 1.</summary>
internal static class FrozenNetwork
{
    /// <summary>The settings at rate 1, with nothing but the gradient's estimate in an update.</summary>
    internal static NetworkSettings At(NetworkSettings settings, PhaseProbability b, ulong seed) => settings with
    {
        Seed = seed,
        Populations = [.. settings.Populations.Select(one => KeyValuePair.Create(one.Key, Unit(one.Value)))],
        Projections = [.. settings.Projections.Select(one => KeyValuePair.Create(one.Key, Unit(one.Value)))],
        Phases = settings.Phases with { B = b },
        Learning = settings.Learning with
        {
            Rule = settings.Learning.Rule.WithoutPenalties(),
            RateFactor = 1,
            Decay = 0,
            Batch = 1,
            Optimiser = new(),
            Weights = new(),
        },
    };

    /// <summary>An engine that never comes to its end, with the weights of other slices of the same shape.</summary>
    internal static (VirtualEngine Engine, TrainingSchedule TrainingSchedule) Prepare(
        NetworkSettings settings, IStimulusSet examples, IReadOnlyList<PopulationSlice> weights)
    {
        NetworkPlan network = NetworkCompiler.Compile(settings, 1);
        var schedule = new TrainingSchedule(network, new(long.MaxValue / 2, 0, 1), examples, examples);
        var engine = new VirtualEngine(network, schedule);
        foreach ((PopulationSlice mine, PopulationSlice theirs) in engine.Slices.Zip(weights))
        {
            for (int k = 0; k < mine.Synapses.Length; k++)
                mine.Synapses[k].Weights.CopyFrom(theirs.Synapses[k].Weights);
            if (theirs.Bias is not null)
                mine.Bias!.Set(theirs.Bias.Own);
        }

        return (engine, schedule);
    }

    private static PopulationSettings Unit(PopulationSettings population) =>
        population with { BiasRate = population.BiasRate is double rate ? Math.Sign(rate) : null };

    private static ProjectionSettings Unit(ProjectionSettings projection) =>
        projection with { Rate = Math.Sign(projection.Rate), Schedule = new(), Decay = null };
}
