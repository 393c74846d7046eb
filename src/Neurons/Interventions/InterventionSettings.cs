using System.ComponentModel.DataAnnotations;
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

    /// <summary>How many of the three are given.</summary>
    public int Given => (Presentation is null ? 0 : 1) + (Phase is null ? 0 : 1) + (Tau is null ? 0 : 1);

    /// <summary>Whether the moment has come.</summary>
    /// <param name="moment">Where the run is.</param>
    public bool HasCome(InterventionMoment moment) =>
        (Presentation is null || moment.Presentations >= Presentation)
        && (Phase is null || moment.Phase >= Phase)
        && (Tau is null || moment.Tau >= Tau);
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

    /// <summary>The conditions after it.</summary>
    /// <param name="conditions">The conditions before it.</param>
    public virtual NetworkConditions ApplyTo(NetworkConditions conditions) => conditions;

    /// <summary>Reports what the network does not have, or what cannot be changed so.</summary>
    /// <param name="path">Path of these settings.</param>
    /// <param name="targets">The populations and projections of the network.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public abstract void Check(string path, InterventionTargets targets, IFindings findings);
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
