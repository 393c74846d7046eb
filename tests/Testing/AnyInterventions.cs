using Nudge.Interventions;
using Nudge.Links;
using Nudge.Topology;

namespace Nudge.Testing;

/// <summary>Interventions by numbers, for properties over networks of any names.</summary>
public static class AnyInterventions
{
    /// <summary>How many kinds there are.</summary>
    public const int Kinds = 11;

    /// <summary>Interventions of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="chosen">Of each: its kind, what it is about, and the phase before which it takes place.</param>
    public static IReadOnlyDictionary<string, InterventionSettings> Of(
        NetworkTopology network, IReadOnlyList<(int Kind, int About, int Phase)> chosen)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(chosen);
        var targets = InterventionTargets.Of(network);
        var all = new OrderedDictionary<string, InterventionSettings>();
        foreach ((int kind, int about, int phase) in chosen)
        {
            string population = targets.Populations[about % targets.Populations.Count];
            string links = targets.Projections[about % targets.Projections.Count];
            InterventionSettings one = kind switch
            {
                0 => new ChangeLinks { Loss = new IndependentLoss { Rate = 0.4 } },
                1 => new ChangeLinks { Links = links, Delay = new ExponentialDelay { Mean = 2 }, Duplicate = 0.3 },
                2 => new ChangeLinks { Links = "control", Loss = new GilbertElliottLoss { Rate = 0.3, Burst = 3 } },
                3 => new CutLinks { Links = links },
                4 => new RestoreLinks(),
                5 => new CutPopulation { Population = population },
                6 => new SilencePopulation { Population = population },
                7 => new SlowPopulation { Population = population, Factor = 2.5 },
                8 => new RestorePopulation { Population = population },
                9 => new FlipWeights { Projection = links, Share = 0.3 },
                _ => new UndoIntervention { Of = $"i{about % Math.Max(1, all.Count)}" },
            };
            all.Add($"i{all.Count}", one with { At = new() { Phase = phase } });
        }

        return all;
    }
}
