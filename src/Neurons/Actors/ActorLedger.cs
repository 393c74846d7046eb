using Nudge.Links;
using Nudge.Networks;

namespace Nudge.Actors;

/// <summary>Closes the books of the actors from what senders and receivers counted on their own.</summary>
internal static class ActorLedger
{
    internal static List<LedgerEntry> Close(
        NetworkPlan network, IReadOnlyList<SliceBooks> books, IReadOnlyList<long> controlSent)
    {
        var entries = new List<LedgerEntry>();
        ILookup<int, ReceivedBooks> byProjection = books
            .SelectMany(slice => slice.Received)
            .ToLookup(received => network.Links[received.Link].Projection.Index);
        foreach (ProjectionPlan projection in network.Projections.Where(projection => !projection.IsWithin))
        {
            entries.Add(LedgerEntry.Sum(projection.Name, byProjection[projection.Index].Select(received => new LedgerEntry(
                "",
                books[network.Links[received.Link].Source.Index].Sent,
                received.Heard.Delivered,
                received.Counts.Lost,
                received.Counts.Cut,
                received.Counts.Duplicated,
                received.InFlight,
                received.Heard.Superseded,
                received.Heard.Late)
            {
                RealLost = received.RealLost,
            })));
        }

        Dictionary<int, ControlBooks> control = books.SelectMany(slice => slice.Control).ToDictionary(c => c.Channel);
        foreach (IGrouping<ControlKind, ControlPlan> kind in ControlPlan.Of(network).GroupBy(plan => plan.Kind))
        {
            string name = $"coordinator.{kind.Key.ToString().ToLowerInvariant()}";
            entries.Add(LedgerEntry.Sum(name, kind.Select(plan => new LedgerEntry(
                "",
                controlSent[plan.Index],
                control[plan.Index].Delivered,
                control[plan.Index].Counts.Lost,
                control[plan.Index].Counts.Cut,
                control[plan.Index].Counts.Duplicated,
                control[plan.Index].InFlight,
                0,
                0)
            {
                RealLost = control[plan.Index].RealLost,
            })));
        }

        return entries;
    }
}
