using Nudge.Links;
using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Interventions;

/// <summary>How a link treats its messages at present.</summary>
/// <param name="Settings">Its settings.</param>
/// <param name="Cut">Whether it is cut.</param>
public readonly record struct LinkCondition(LinkSettings Settings, bool Cut)
{
    /// <summary>Whether it may lose messages.</summary>
    internal bool Loses => Cut || Settings.Loss is not NoLoss;
}

/// <summary>Gives ends of links their present condition.</summary>
internal static class LinkEndConditions
{
    /// <summary>From now on the link treats its messages as this condition says.</summary>
    internal static void Use(this LinkEnd end, LinkCondition condition) => end.Change(condition.Settings, condition.Cut);

    /// <summary>From now on the link treats its messages as this condition says.</summary>
    internal static void Use(this LinkReceiver end, LinkCondition condition) => end.Change(condition.Settings, condition.Cut);
}

/// <summary>
/// The conditions under which a network runs: those of its settings, changed by interventions. Immutable.
/// </summary>
public sealed record NetworkConditions
{
    private readonly NetworkPlan _network;

    private NetworkConditions(NetworkPlan network)
    {
        _network = network;
        Projections = [.. network.Projections.Select(one => new LinkCondition(one.Link, false))];
        Control = new(network.Settings.Links.Control.ToLink(), false);
        Phase = new(network.Settings.Links.Phase, false);
        Apart = new bool[network.Populations.Count];
        Silent = new bool[network.Populations.Count];
        Slowness = [.. network.Populations.Select(_ => 1.0)];
    }

    /// <summary>How the coordinator's links treat their messages.</summary>
    public LinkCondition Control { get; private init; }

    /// <summary>How links that carry phase tags of their own treat their messages.</summary>
    public LinkCondition Phase { get; private init; }

    private LinkCondition[] Projections { get; init; }

    private bool[] Apart { get; init; }

    private bool[] Silent { get; init; }

    private double[] Slowness { get; init; }

    /// <summary>The conditions that the settings ask for.</summary>
    public static NetworkConditions Of(NetworkPlan network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(network);
    }

    /// <summary>The conditions after some interventions, in their order; what has been undone does not count.</summary>
    /// <param name="network">The network.</param>
    /// <param name="applied">The interventions.</param>
    public static NetworkConditions After(NetworkPlan network, IReadOnlyList<AppliedIntervention> applied) =>
        applied.Where(one => !one.IsUndone(applied))
            .Aggregate(Of(network), (conditions, one) => one.Settings.ApplyTo(conditions));

    /// <summary>How the links of one direction of a projection treat their messages.</summary>
    public LinkCondition Of(ProjectionPlan projection)
    {
        ArgumentNullException.ThrowIfNull(projection);
        LinkCondition own = Projections[projection.Index];
        return own with { Cut = own.Cut || Apart[projection.Source.Index] || Apart[projection.Target.Index] };
    }

    /// <summary>How a link of the coordinator treats its messages.</summary>
    internal LinkCondition Of(ControlPlan channel)
    {
        LinkCondition own = channel.Kind == ControlKind.Phase ? Phase : Control;
        return own with { Cut = own.Cut || Apart[channel.Target.Population.Index] };
    }

    /// <summary>Whether a population's clocks stand still.</summary>
    public bool IsSilent(PopulationPlan population)
    {
        ArgumentNullException.ThrowIfNull(population);
        return Silent[population.Index];
    }

    /// <summary>How many times as long a population's steps take as its settings say.</summary>
    public double SlownessOf(PopulationPlan population)
    {
        ArgumentNullException.ThrowIfNull(population);
        return Slowness[population.Index];
    }

    /// <summary>With other settings of some links.</summary>
    /// <param name="links">Which links.</param>
    /// <param name="change">Gives the condition of a link from the present one.</param>
    internal NetworkConditions WithLinks(string links, Func<LinkCondition, LinkCondition> change) => links switch
    {
        LinkSelection.Control => this with { Control = change(Control) },
        LinkSelection.Phase => this with { Phase = change(Phase) },
        _ => this with
        {
            Projections =
            [
                .. _network.Projections.Select(one =>
                    LinkSelection.Selects(links, one) ? change(Projections[one.Index]) : Projections[one.Index]),
            ],
        },
    };

    /// <summary>With the conditions of some links that the settings ask for.</summary>
    internal NetworkConditions WithLinksRestored(string links)
    {
        NetworkConditions first = Of(_network);
        return links switch
        {
            LinkSelection.Control => this with { Control = first.Control },
            LinkSelection.Phase => this with { Phase = first.Phase },
            _ => this with
            {
                Projections =
                [
                    .. _network.Projections.Select(one =>
                        (LinkSelection.Selects(links, one) ? first : this).Projections[one.Index]),
                ],
            },
        };
    }

    /// <summary>With all links that reach or leave a population cut, the coordinator's too.</summary>
    internal NetworkConditions WithApart(string population) => this with { Apart = With(Apart, population, true) };

    /// <summary>With a population whose clocks stand still.</summary>
    internal NetworkConditions WithSilent(string population) => this with { Silent = With(Silent, population, true) };

    /// <summary>With a population whose steps take longer.</summary>
    internal NetworkConditions WithSlowness(string population, double factor) =>
        this with { Slowness = With(Slowness, population, factor) };

    /// <summary>With a population's clocks and connection as the settings ask for.</summary>
    internal NetworkConditions WithPopulationRestored(string population) => this with
    {
        Apart = With(Apart, population, false),
        Silent = With(Silent, population, false),
        Slowness = With(Slowness, population, 1),
    };

    private T[] With<T>(T[] values, string population, T value) =>
        [.. _network.Populations.Select(one => one.Name == population ? value : values[one.Index])];
}
