using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Nudge.Catalogue;
using Nudge.Topology;

namespace Nudge.Interventions;

/// <summary>When an intervention takes place: at the first end of a phase at or after one of these.</summary>
public sealed record InterventionTime
{
    /// <summary>Stimuli shown so far, in all lanes together.</summary>
    [Range(0, 1e12)]
    public long? Presentation { get; init; }

    /// <summary>The number of the phase before which it takes place.</summary>
    [Range(1, 1e12)]
    public long? Phase { get; init; }

    /// <summary>Time since the run began, in τ.</summary>
    [Range(0, 1e12)]
    public double? Tau { get; init; }

    /// <summary>The time for people, in a few words.</summary>
    public string Words => this switch
    {
        { Presentation: { } stimuli } => string.Create(CultureInfo.InvariantCulture, $"{stimuli} stimuli"),
        { Phase: { } phase } => string.Create(CultureInfo.InvariantCulture, $"phase {phase}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Tau:0.##} τ"),
    };

    /// <summary>How many of the three are given.</summary>
    public int Given => (Presentation is null ? 0 : 1) + (Phase is null ? 0 : 1) + (Tau is null ? 0 : 1);

    /// <summary>Whether the moment has come.</summary>
    /// <param name="moment">Where the run is.</param>
    public bool HasCome(InterventionMoment moment) =>
        (Presentation is null || moment.Presentations >= Presentation)
        && (Phase is null || moment.Phase >= Phase)
        && (Tau is null || moment.Tau >= Tau);

    /// <summary>Whether it is a later time than another one of the same kind; times of different kinds cannot be compared.</summary>
    /// <param name="other">The other one.</param>
    public bool? IsAfter(InterventionTime other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this switch
        {
            { Presentation: { } own } when other.Presentation is { } others => own > others,
            { Phase: { } own } when other.Phase is { } others => own > others,
            { Tau: { } own } when other.Tau is { } others => own > others,
            _ => null,
        };
    }
}

/// <summary>How long an intervention lasts from when it takes place.</summary>
public sealed record InterventionLength
{
    /// <summary>Stimuli that are shown meanwhile, in all lanes together.</summary>
    [Range(1, 1e12)]
    public long? Presentations { get; init; }

    /// <summary>Phases that begin meanwhile.</summary>
    [Range(1, 1e12)]
    public long? Phases { get; init; }

    /// <summary>Time that passes meanwhile, in τ.</summary>
    [Range(0, 1e12, MinimumIsExclusive = true)]
    public double? Tau { get; init; }

    /// <summary>How many of the three are given.</summary>
    public int Given => (Presentations is null ? 0 : 1) + (Phases is null ? 0 : 1) + (Tau is null ? 0 : 1);

    /// <summary>The time at which as much has passed since a moment.</summary>
    internal InterventionTime From(InterventionMoment moment) => new()
    {
        Presentation = moment.Presentations + Presentations,
        Phase = moment.Phase + Phases,
        Tau = moment.Tau + Tau,
    };
}

/// <summary>A moment between two phases of a run.</summary>
/// <param name="Phase">The number of the phase that begins.</param>
/// <param name="Presentations">Stimuli shown so far, in all lanes together.</param>
/// <param name="Tau">Time since the run began, in τ.</param>
public readonly record struct InterventionMoment(long Phase, long Presentations, double Tau);

/// <summary>
/// A change of the conditions under which a network runs, made while it runs: by a person, or by an experiment file under
/// <c>interventions</c>. It takes place between two phases, is part of the event hash, and so gives the same bits again.
/// </summary>
[ChosenBy("kind")]
public abstract record InterventionSettings : DefinedSettings
{
    /// <summary>When it takes place. In an experiment file it must be given.</summary>
    public InterventionTime? At { get; init; }

    /// <summary>What it does, for people, in a few words.</summary>
    public abstract string Words { get; }

    /// <summary>The same with its end, where it has one.</summary>
    public string WordsWithEnd => this is ReversibleIntervention { Until: { } until } ? $"{Words} until {until.Words}" : Words;

    /// <summary>The conditions after it.</summary>
    /// <param name="conditions">The conditions before it.</param>
    public virtual NetworkConditions ApplyTo(NetworkConditions conditions) => conditions;

    /// <summary>Reports what the network does not have, or what cannot be changed so.</summary>
    /// <param name="path">Path of these settings.</param>
    /// <param name="targets">The populations and projections of the network.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public abstract void Check(string path, InterventionTargets targets, IFindings findings);
}

/// <summary>What can be changed back. What was done to a node cannot: one that was killed is gone.</summary>
public abstract record ReversibleIntervention : InterventionSettings
{
    /// <summary>
    /// When it is undone by itself: at the first end of a later phase at or after this time; null for never.
    /// </summary>
    public InterventionTime? Until { get; init; }

    /// <summary>How long it lasts before it is undone by itself, in place of <see cref="Until"/>; null for ever.</summary>
    public InterventionLength? For { get; init; }

    /// <summary>Reports an end that is none.</summary>
    /// <param name="path">Path of these settings.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public void CheckEnd(string path, IFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (For is { Given: not 1 })
            findings.Error($"{path}.for", "expected one of presentations, phases or tau");
        if (Until is null)
            return;
        if (For is not null)
            findings.Error($"{path}.for", "until says when it ends; expected one of the two");
        if (Until.Given != 1)
            findings.Error($"{path}.until", "expected one of presentation, phase or tau");
        else if (At is { } at && Until.IsAfter(at) is false)
            findings.Error($"{path}.until", $"{Until.Words} is no later than {at.Words}, when it takes place; expected a later time");
    }
}

/// <summary>The names that interventions may use.</summary>
/// <param name="Populations">Names of populations.</param>
/// <param name="Projections">Names of projections, each alone and with its directions.</param>
public sealed record InterventionTargets(IReadOnlyList<string> Populations, IReadOnlyList<string> Projections)
{
    /// <summary>The names of a network.</summary>
    public static InterventionTargets Of(NetworkTopology network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(
            [.. network.Populations.Select(population => population.Name)],
            [
                .. network.Projections.Where(one => !one.IsWithin)
                    .SelectMany(one => new[] { LinkSelection.ProjectionOf(one), LinkSelection.DirectionOf(one) })
                    .Distinct(),
            ]);
    }

    /// <summary>The name of a projection, whatever the direction.</summary>
    public static string ProjectionOf(ProjectionPlan projection) => LinkSelection.ProjectionOf(projection);

    internal void CheckPopulation(string path, string name, IFindings findings)
    {
        if (!Populations.Contains(name))
            findings.Error($"{path}.population", $"unknown population {name}; expected {Either(Populations)}");
    }

    internal void CheckLinks(string path, string links, IFindings findings)
    {
        string[] known = [LinkSelection.All, LinkSelection.Control, LinkSelection.Phase, .. Projections];
        if (!known.Contains(links))
            findings.Error($"{path}.links", $"unknown links {links}; expected {Either(known)}");
    }

    internal void CheckProjection(string path, string name, IFindings findings)
    {
        if (!Projections.Contains(name))
            findings.Error($"{path}.projection", $"unknown projection {name}; expected {Either(Projections)}");
    }

    private static string Either(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} or {names[^1]}";
}
