using Nudge.Actors;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Simulation.World;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Simulation.Pacing;

/// <summary>The network of a simulated run, drawn by its seed: a few small populations in a row, with random laws on their links.</summary>
internal sealed class PacingNetwork
{
    /// <summary>How many kinds of interventions there are.</summary>
    internal const int Interventions = 9;

    /// <summary>The kind that stops the clocks of a population.</summary>
    internal const int Silence = 3;

    private const int Inputs = 3;
    private const int Classes = 2;

    private PacingNetwork(NetworkPlan plan, TrainingSchedule schedule, ActorEngineSettings settings)
    {
        Plan = plan;
        Schedule = schedule;
        Settings = settings;
    }

    internal NetworkPlan Plan { get; }

    internal TrainingSchedule Schedule { get; }

    internal ActorEngineSettings Settings { get; }

    internal static PacingNetwork Of(int seed)
    {
        (NetworkSettings settings, ActorEngineSettings engine, int presentations) = SettingsOf(seed);
        NetworkPlan plan = NetworkCompiler.Compile(settings, presentations / settings.Lanes);
        var examples = VectorExamples.Spread(4, Inputs, Classes);
        var run = new RunPlan(presentations, 0, 2);
        return new(plan, new(plan, run, examples, VectorExamples.Spread(2, Inputs, Classes)), engine);
    }

    internal static string Describe(int seed)
    {
        (NetworkSettings settings, ActorEngineSettings engine, int presentations) = SettingsOf(seed);
        ActivityLinkSettings activity = settings.Links.Activity;
        return string.Join(", ", [
            $"{settings.Populations.Count} populations in {settings.Granularity}",
            $"lag {engine.Lag}", $"lanes {settings.Lanes}", $"{presentations} presentations",
            $"loss {activity.Loss}", $"delay {activity.Delay}", $"control {settings.Links.Control.Loss}",
            $"{settings.Learning.Tags} {settings.Learning.Rule.GetType().Name}",
        ]);
    }

    /// <summary>An intervention by number.</summary>
    internal static InterventionSettings Intervention(NetworkPlan plan, int kind, int about)
    {
        string population = plan.Populations[about % plan.Populations.Count].Name;
        string links = plan.Projections[about % plan.Projections.Count].Name;
        return kind switch
        {
            0 => new CutLinks { Links = links },
            1 => new RestoreLinks(),
            2 => new CutPopulation { Population = population },
            Silence => new SilencePopulation { Population = population },
            4 => new SlowPopulation { Population = population, Factor = 3 },
            5 => new RestorePopulation { Population = population },
            6 => new ChangeLinks { Loss = new IndependentLoss { Rate = 0.4 } },
            7 => new ChangeLinks { Links = "control", Loss = new IndependentLoss { Rate = 0.3 } },
            _ => new FlipWeights { Projection = plan.Projections[about % plan.Projections.Count].Name, Share = 0.5 },
        };
    }

    /// <summary>What undoes whatever interventions did to links and clocks.</summary>
    internal static IEnumerable<InterventionSettings> Undoing(NetworkPlan plan) =>
    [
        new RestoreLinks(), new RestoreLinks { Links = "control" },
        .. plan.Populations.Select(population => new RestorePopulation { Population = population.Name }),
    ];

    private static (NetworkSettings Settings, ActorEngineSettings Engine, int Presentations) SettingsOf(int seed)
    {
        var draws = new Draws(seed, "pacing network");
        int lanes = draws.Chance(0.25) ? 2 : 1;
        int hidden = 1 + draws.Below(3);
        int step = 2 + draws.Below(3);
        bool skips = draws.Chance(0.15);
        var populations = new List<KeyValuePair<string, PopulationSettings>>
        {
            new("in", new() { Role = PopulationRole.Input, Size = Inputs }),
        };
        var projections = new List<KeyValuePair<string, ProjectionSettings>>();
        // Two to four populations; the output has none between it and the input where only one follows.
        for (int layer = 1; layer < hidden; layer++)
            populations.Add(new($"hidden{layer}", new() { Role = PopulationRole.Hidden, Size = 3 + draws.Below(3) }));
        populations.Add(new("out", new() { Role = PopulationRole.Output, Size = Classes }));
        for (int layer = 1; layer < populations.Count; layer++)
        {
            (string from, string to) = (populations[layer - 1].Key, populations[layer].Key);
            projections.Add(new($"{from}-{to}", new() { From = from, To = to, Bidirectional = layer > 1, Rate = 0.02 }));
        }

        if (skips && populations.Count > 2)
            projections.Add(new("in-out", new() { From = "in", To = "out", Rate = 0.02 }));
        bool broadcast = draws.Chance(0.15);
        bool continuous = draws.Chance(0.12);
        var settings = new NetworkSettings
        {
            Seed = (ulong)seed,
            Populations = [.. populations],
            Projections = [.. projections],
            Granularity = draws.Chance(0.3) ? GranularitySettings.Layer : new(GranularityKind.Slice, step),
            Lanes = lanes,
            Classes = Classes,
            Links = PacingScenario.IsCalm(seed) ? new() : new()
            {
                Activity = new() { Delay = DelayOf(draws), Loss = LossOf(draws), Duplicate = draws.Chance(0.15) ? 0.2 : 0 },
                Control = draws.Chance(0.3)
                    ? new() { Loss = new IndependentLoss { Rate = 0.2 }, Retry = true }
                    : new() { Delay = draws.Chance(0.2) ? new ConstantDelay { Mean = 0.5 } : new NoDelay() },
            },
            Clocks = new() { Jitter = draws.Chance(0.4) ? 0.3 : 0 },
            Phases = new()
            {
                Length = new() { Law = draws.Chance(0.5) ? PhaseLengthLaw.Fixed : PhaseLengthLaw.Exponential, Floor = 1, Mean = 2 + draws.Below(3) },
            },
            Learning = new()
            {
                Tags = broadcast ? TagTransport.Broadcast : default,
                Rule = new IsdSettings { Timing = continuous ? UpdateTiming.Continuous : UpdateTiming.PhaseEnd },
            },
        };
        double[] lags = [0, 0, 0.5, 1, 1, 2, 3];
        var engine = new ActorEngineSettings { Lag = draws.Of(lags), KeepAliveMilliseconds = 50 };
        return (settings, engine, lanes * (15 + draws.Below(50)));
    }

    private static DelaySettings DelayOf(Draws draws) => draws.Below(4) switch
    {
        0 => new ConstantDelay { Mean = 0.5 },
        1 => new ExponentialDelay { Mean = 0.5 },
        _ => new NoDelay(),
    };

    private static LossSettings LossOf(Draws draws) => draws.Below(5) switch
    {
        0 => new IndependentLoss { Rate = 0.1 },
        1 => new IndependentLoss { Rate = 0.4 },
        2 => new GilbertElliottLoss { Rate = 0.2, Burst = 4 },
        _ => new NoLoss(),
    };
}
