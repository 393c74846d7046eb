using Nudge.Actors;
using Nudge.Interventions;
using Nudge.Networks;
using Nudge.Populations;

namespace Nudge.Recording;

/// <summary>One evaluation on the held-out set.</summary>
/// <param name="Presentations">Stimuli shown in training before it.</param>
/// <param name="Accuracy">Share of correct answers, 0 to 1.</param>
/// <param name="Examples">Held-out examples shown.</param>
/// <param name="Unanswered">How many phases ended before the output received them; these count as wrong.</param>
public sealed record EvaluationSummary(long Presentations, double Accuracy, int Examples, int Unanswered = 0)
{
    /// <summary>How many named no class, since the two largest outputs were equal or all silent; these count as wrong.</summary>
    public int Undecided { get; init; }

    /// <summary>Mean squared distance of an output from its target value; null where examples have classes.</summary>
    public double? MeanSquaredError { get; init; }

    /// <summary>
    /// Messages sent for it through a copy of the network, which the ledger leaves out; 0 where it went through the network
    /// itself, whose ledger has them.
    /// </summary>
    public long Messages { get; init; }
}

/// <summary>A change of the conditions of a run that was made while it ran.</summary>
/// <param name="Number">How many came before it, from 1.</param>
/// <param name="Name">Its name in the experiment file, or one that it was given.</param>
/// <param name="Presentations">Stimuli shown before it.</param>
/// <param name="Phase">The phase that it precedes.</param>
/// <param name="Tau">Time since the run began, in τ.</param>
/// <param name="Text">What it did, for people.</param>
/// <param name="Kind">Its kind, as in experiment files.</param>
/// <param name="Undone">Whether a later one undid it.</param>
public sealed record InterventionSummary(
    int Number, string Name, long Presentations, long Phase, double Tau, string Text, string Kind, bool Undone)
{
    /// <summary>Sums up the interventions of a run.</summary>
    /// <param name="applied">Those that took place, the earliest first.</param>
    public static IReadOnlyList<InterventionSummary> Of(IReadOnlyList<AppliedIntervention> applied)
    {
        ArgumentNullException.ThrowIfNull(applied);
        return
        [
            .. applied.Select(one => new InterventionSummary(
                one.Number,
                one.Name,
                one.Moment.Presentations,
                one.Moment.Phase,
                one.Moment.Tau,
                one.Settings.WordsWithEnd,
                one.Settings.Definition.Name,
                one.IsUndone(applied))),
        ];
    }
}

/// <summary>Dead and saturated units of a population, and how fast its weights change, as last sampled.</summary>
/// <param name="Population">Its name.</param>
/// <param name="Saturated">Share of units that were at a bound of their activation at each of the last samples.</param>
/// <param name="Dead">Share of units that were inactive at each of the last samples.</param>
/// <param name="UpdateNorm">Norm of the change of the weights since the sample before, relative to theirs.</param>
public sealed record UnitsSummary(string Population, double Saturated, double Dead, double? UpdateNorm);

/// <summary>Whether a run reached the accuracy at which it was to end.</summary>
/// <param name="Accuracy">The share of correct answers that was asked for.</param>
/// <param name="Presentations">Stimuli shown before the evaluation that reached it; null where none did.</param>
/// <param name="Messages">Messages sent until then; null where none did.</param>
public sealed record TargetSummary(double Accuracy, long? Presentations, long? Messages);

/// <summary>Learning updates by the polarity of their phase.</summary>
/// <param name="Positive">Updates with positive importance.</param>
/// <param name="Negative">Updates with negative importance.</param>
/// <param name="Gated">Updates that the coherence gate held back.</param>
/// <param name="WrongSign">Updates under one polarity from activity that was sent under the other.</param>
public sealed record LearnedSummary(long Positive, long Negative, long Gated, long WrongSign = 0);

/// <summary>How old the activity was that updates used, in τ of the receiver's time.</summary>
/// <param name="Mean">Mean age; null where nothing was learned.</param>
/// <param name="Histogram">Ages by bins, from the finest to the last that holds any.</param>
public sealed record StalenessSummary(double? Mean, IReadOnlyList<StalenessBin> Histogram)
{
    /// <summary>Sums up a tally.</summary>
    public static StalenessSummary Of(StalenessTally tally)
    {
        ArgumentNullException.ThrowIfNull(tally);
        StalenessBin[] bins = [.. tally.Histogram.Select(bin => new StalenessBin(bin.UpTo, bin.Count))];
        return new(tally.Count == 0 ? null : tally.Mean, bins[..(Array.FindLastIndex(bins, bin => bin.Count > 0) + 1)]);
    }
}

/// <summary>One bin of ages.</summary>
/// <param name="UpTo">Its upper end in τ, which belongs to it.</param>
/// <param name="Count">Ages in it.</param>
public sealed record StalenessBin(double UpTo, long Count);

/// <summary>Something that a rule carries from one phase into the next.</summary>
/// <param name="Path">Where the rule keeps it.</param>
/// <param name="Exception">The exception to locality in time that it falls under; null if none is declared.</param>
/// <param name="Bytes">Its bytes, in all slices together.</param>
public sealed record CarriedSummary(string Path, string? Exception, long Bytes);

/// <summary>The memory that the processes of a run took, and what it comes to for each synapse.</summary>
/// <param name="Nodes">The processes that hosted slices.</param>
/// <param name="Synapses">Weights that they stored; the two directions of a bidirectional projection have one each.</param>
/// <param name="BytesPerSynapse">Peaks of all processes together, for each of these weights.</param>
public sealed record MemorySummary(IReadOnlyList<NodeMemory> Nodes, long Synapses, double BytesPerSynapse)
{
    internal static MemorySummary Of(NetworkPlan network, IReadOnlyList<NodeMemory> nodes)
    {
        long synapses = network.Synapses;
        double perSynapse = synapses == 0 ? 0 : (double)nodes.Sum(node => node.PeakBytes) / synapses;
        return new(nodes, synapses, Math.Round(perSynapse, 3));
    }
}
