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
public sealed class NetworkConditions
{
    private readonly NetworkPlan _network;
    private readonly LinkCondition[] _projections;
    private readonly bool[] _apart;
    private readonly bool[] _silent;
    private readonly double[] _slowness;
    private readonly LinkCondition _control;
    private readonly LinkCondition _phase;

    private NetworkConditions(NetworkPlan network)
    {
        _network = network;
        _projections = [.. network.Projections.Select(one => new LinkCondition(one.Link, false))];
        _control = new(network.Settings.Links.Control.ToLink(), false);
        _phase = new(network.Settings.Links.Phase, false);
        _apart = new bool[network.Populations.Count];
        _silent = new bool[network.Populations.Count];
        _slowness = [.. network.Populations.Select(_ => 1.0)];
    }

    private NetworkConditions(
        NetworkConditions from,
        LinkCondition[]? projections = null,
        LinkCondition? control = null,
        LinkCondition? phase = null,
        bool[]? apart = null,
        bool[]? silent = null,
        double[]? slowness = null)
    {
        _network = from._network;
        _projections = projections ?? from._projections;
        _control = control ?? from._control;
        _phase = phase ?? from._phase;
        _apart = apart ?? from._apart;
        _silent = silent ?? from._silent;
        _slowness = slowness ?? from._slowness;
    }

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

    /// <summary>How the coordinator's links treat their messages.</summary>
    public LinkCondition Control => _control;

    /// <summary>How the links of one direction of a projection treat their messages.</summary>
    public LinkCondition Of(ProjectionPlan projection)
    {
        ArgumentNullException.ThrowIfNull(projection);
        LinkCondition own = _projections[projection.Index];
        return own with { Cut = own.Cut || _apart[projection.Source.Index] || _apart[projection.Target.Index] };
    }

    /// <summary>How a link of the coordinator treats its messages.</summary>
    internal LinkCondition Of(ControlPlan channel)
    {
        LinkCondition own = channel.Kind == ControlKind.Phase ? _phase : _control;
        return own with { Cut = own.Cut || _apart[channel.Target.Population.Index] };
    }

    /// <summary>Whether a population's clocks stand still.</summary>
    public bool IsSilent(PopulationPlan population)
    {
        ArgumentNullException.ThrowIfNull(population);
        return _silent[population.Index];
    }

    /// <summary>How many times as long a population's steps take as its settings say.</summary>
    public double SlownessOf(PopulationPlan population)
    {
        ArgumentNullException.ThrowIfNull(population);
        return _slowness[population.Index];
    }

    /// <summary>With other settings of some links.</summary>
    /// <param name="links">Which links.</param>
    /// <param name="change">Gives the condition of a link from the present one.</param>
    internal NetworkConditions WithLinks(string links, Func<LinkCondition, LinkCondition> change) => links switch
    {
        LinkSelection.Control => new(this, control: change(_control)),
        LinkSelection.Phase => new(this, phase: change(_phase)),
        _ => new(this, projections:
        [
            .. _network.Projections.Select(one =>
                LinkSelection.Selects(links, one) ? change(_projections[one.Index]) : _projections[one.Index]),
        ]),
    };

    /// <summary>With the conditions of some links that the settings ask for.</summary>
    internal NetworkConditions WithLinksRestored(string links)
    {
        NetworkConditions first = Of(_network);
        return links switch
        {
            LinkSelection.Control => new(this, control: first._control),
            LinkSelection.Phase => new(this, phase: first._phase),
            _ => new(this, projections:
            [
                .. _network.Projections.Select(one =>
                    (LinkSelection.Selects(links, one) ? first : this)._projections[one.Index]),
            ]),
        };
    }

    /// <summary>With all links that reach or leave a population cut, the coordinator's too.</summary>
    internal NetworkConditions WithApart(string population) => new(this, apart: With(_apart, population, true));

    /// <summary>With a population whose clocks stand still.</summary>
    internal NetworkConditions WithSilent(string population) => new(this, silent: With(_silent, population, true));

    /// <summary>With a population whose steps take longer.</summary>
    internal NetworkConditions WithSlowness(string population, double factor) =>
        new(this, slowness: With(_slowness, population, factor));

    /// <summary>With a population's clocks and connection as the settings ask for.</summary>
    internal NetworkConditions WithPopulationRestored(string population) => new(
        this,
        apart: With(_apart, population, false),
        silent: With(_silent, population, false),
        slowness: With(_slowness, population, 1));

    private T[] With<T>(T[] values, string population, T value) =>
        [.. _network.Populations.Select(one => one.Name == population ? value : values[one.Index])];
}
