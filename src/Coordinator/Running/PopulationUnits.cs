using Nudge.Populations;
using Nudge.Recording;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Running;

/// <summary>Dead and saturated units of a population, and how fast its weights change.</summary>
/// <param name="Population">The population.</param>
/// <param name="Saturated">Share of units that were at a bound of their activation at each of the last samples.</param>
/// <param name="Dead">Share of units that were silent at each of the last samples.</param>
/// <param name="UpdateNorm">Norm of the change of the weights since the sample before, relative to theirs.</param>
/// <param name="IsKnown">Whether there were enough samples to judge by.</param>
public sealed record PopulationUnits(
    PopulationPlan Population, double Saturated, double Dead, double? UpdateNorm, bool IsKnown)
{
    /// <summary>Whether its activity is free to be anything: that of inputs and outputs follows the data.</summary>
    internal bool IsHidden => Population.Role == PopulationRole.Hidden;

    /// <summary>Puts together the slices of each population.</summary>
    internal static IReadOnlyList<PopulationUnits> Of(IEnumerable<(SlicePlan Plan, UnitSamples Samples)> slices) =>
    [
        .. slices.GroupBy(slice => slice.Plan.Population).Select(population =>
        {
            double size = population.Key.Size;
            double length = population.Sum(slice => slice.Samples.SquaredLength);
            double change = population.Sum(slice => slice.Samples.SquaredChange);
            return new PopulationUnits(
                population.Key,
                population.Sum(slice => slice.Samples.Saturated) / size,
                population.Sum(slice => slice.Samples.Dead) / size,
                length > 0 ? Math.Sqrt(change / length) : null,
                population.All(slice => slice.Samples.IsKnown));
        }),
    ];
}

/// <summary>Dead and runaway networks, as warnings and in summaries.</summary>
internal static class UnitsText
{
    /// <summary>
    /// The share of hidden units, saturated and dead ones together, from which on a population no longer learns. Networks that
    /// answer all of their examples have up to two thirds.
    /// </summary>
    internal const double MostUnits = 0.9;

    /// <summary>The relative change of weights in a hundredth of a run above which they count as running away.</summary>
    internal const double MostChange = 0.5;

    /// <summary>The share of answers above which undecided ones are warned of.</summary>
    internal const double MostUndecided = 0.1;

    internal static IReadOnlyList<UnitsSummary> Summaries(IReadOnlyList<PopulationUnits> units) =>
    [
        .. units.Where(one => one.IsKnown).Select(one => new UnitsSummary(
            one.Population.Name,
            Math.Round(one.Saturated, 6),
            Math.Round(one.Dead, 6),
            one.UpdateNorm is double norm && double.IsFinite(norm) ? norm : null)),
    ];

    /// <summary>Share over the units of all hidden populations; null where it is not known yet.</summary>
    internal static double? Share(IReadOnlyList<PopulationUnits> units, Func<PopulationUnits, double> share)
    {
        PopulationUnits[] hidden = [.. units.Where(one => one.IsHidden && one.IsKnown)];
        return hidden.Length == 0
            ? null
            : hidden.Sum(one => share(one) * one.Population.Size) / hidden.Sum(one => one.Population.Size);
    }

    /// <summary>The largest relative change of the weights of a population.</summary>
    internal static double? UpdateNorm(IReadOnlyList<PopulationUnits> units) => units.Max(one => one.UpdateNorm);

    internal static void Warn(RunWarnings warnings, IReadOnlyList<PopulationUnits> units, long presentations)
    {
        foreach (PopulationUnits one in units.Where(one => one.IsKnown))
        {
            if (one.IsHidden && one.Saturated + one.Dead >= MostUnits)
            {
                Add(
                    one.Saturated > one.Dead ? WarningTopics.Saturated : WarningTopics.Dead,
                    one,
                    $"{one.Saturated:P0} of the units are saturated and {one.Dead:P0} dead, at every stimulus: hardly any can learn");
            }

            if (one.UpdateNorm > MostChange)
            {
                Add(
                    WarningTopics.Updates,
                    one,
                    $"the weights changed by {one.UpdateNorm:P0} of their norm within a hundredth of the run; a smaller rate may be needed");
            }
        }

        void Add(string topic, PopulationUnits one, FormattableString message) => warnings.Add(
            new(topic, $"populations.{one.Population.Name}", FormattableString.Invariant(message))
            {
                Presentations = presentations,
            });
    }

    internal static void Warn(RunWarnings warnings, Evaluation made)
    {
        if (made.Undecided <= MostUndecided * made.Examples)
            return;
        warnings.Add(new(WarningTopics.Undecided, "", FormattableString.Invariant(
            $"{made.Undecided} of {made.Examples} held-out examples were answered by no class: the largest outputs are equal or silent"))
        {
            Presentations = made.Presentations,
        });
    }
}
