using Nudge.Clocks;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Testing;

/// <summary>Small networks for tests: an input, a hidden and an output population.</summary>
public static class SmallNetwork
{
    /// <summary>Ideal links and steady clocks unless a test sets others.</summary>
    public static NetworkSettings Settings(int inputs, int hidden, int outputs, double rate = 0.03) => new()
    {
        Populations =
        [
            new("in", new() { Role = PopulationRole.Input, Size = inputs }),
            new("hidden", new() { Role = PopulationRole.Hidden, Size = hidden }),
            new("out", new() { Role = PopulationRole.Output, Size = outputs }),
        ],
        Projections =
        [
            new("in-hidden", new() { From = "in", To = "hidden", Rate = rate }),
            new("hidden-out", new() { From = "hidden", To = "out", Bidirectional = true, Rate = rate }),
        ],
        Clocks = new() { Scope = ClockScope.Population, Jitter = 0 },
    };

    /// <summary>10 % of messages lost, the others late by an exponential time.</summary>
    public static LinksSettings Faulty => new()
    {
        Activity = new()
        {
            Delay = new ExponentialDelay { Mean = 0.5 },
            Loss = new IndependentLoss { Rate = 0.1 },
        },
    };

    public static VirtualEngine Engine(NetworkSettings settings, long presentations, IStimulusSet examples) =>
        Prepare(settings, presentations, examples).Engine;

    public static (VirtualEngine Engine, TrainingSchedule TrainingSchedule, NetworkPlan Network) Prepare(
        NetworkSettings settings, long presentations, IStimulusSet examples)
    {
        ArgumentNullException.ThrowIfNull(settings);
        NetworkPlan network = NetworkCompiler.Compile(settings, presentations / settings.Lanes);
        var schedule = new TrainingSchedule(network, new RunPlan(presentations, 0, 100), examples, examples);
        return (new VirtualEngine(network, schedule), schedule, network);
    }

    public static void RunToEnd(VirtualEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        while (engine.RunPhase())
        {
        }
    }

    /// <summary>All weights and biases in one list.</summary>
    public static float[] Weights(NetworkPlan network, IEnumerable<PopulationSlice> slices)
    {
        NetworkWeights weights = NetworkWeights.Of(network, slices);
        return [.. weights.Weights.SelectMany(values => values), .. weights.Biases.SelectMany(values => values)];
    }
}
