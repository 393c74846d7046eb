using Nudge.Interventions;
using Nudge.Populations;

namespace Nudge.Actors;

/// <summary>An intervention in a message.</summary>
/// <param name="Number">How many came before it, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Settings">What it does, as <see cref="InterventionJson"/> writes it.</param>
internal sealed record InterventionEntry(int Number, string Name, string Settings)
{
    internal static InterventionEntry Of(AppliedIntervention one) => new(one.Number, one.Name, InterventionJson.Write(one.Settings));

    /// <exception cref="InvalidDataException">It holds no intervention.</exception>
    internal AppliedIntervention Read() => new(Number, Name, default, InterventionJson.Read(Settings));
}

/// <summary>
/// To a slice: all interventions of the run so far. Sent again until it has answered; receiving it again changes nothing.
/// </summary>
/// <param name="Applied">The interventions, the earliest first.</param>
internal sealed record MakeInterventions(IReadOnlyList<InterventionEntry> Applied);

/// <summary>From a slice to the coordinator: it has made the interventions.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Count">How many it knows.</param>
internal sealed record InterventionsMade(int Slice, int Count);

/// <summary>Asks the coordinator for views of all slices, or a slice for its own; answered by <see cref="SliceViewed"/>.</summary>
internal sealed record AskView
{
    internal static AskView Instance { get; } = new();
}

/// <summary>From a slice to the coordinator: what an observer sees of it.</summary>
/// <param name="View">The view.</param>
internal sealed record SliceViewed(SliceView View);
