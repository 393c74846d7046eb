using Nudge.Links;
using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Actors;

/// <summary>
/// Closes the books of the actors from what senders and receivers counted on their own, over all lives of each slice.
/// </summary>
internal static class ActorLedger
{
    internal static List<LedgerEntry> Close(
        NetworkPlan network, IReadOnlyList<SliceBooks> books, IReadOnlyList<long> controlSent)
    {
        List<LedgerEntry> entries = CloseActivity(network, books);
        ILookup<int, ControlBooks> control = books.SelectMany(life => life.Control).ToLookup(books => books.Channel);
        foreach (IGrouping<ControlKind, ControlPlan> kind in ControlPlan.Of(network).GroupBy(plan => plan.Kind))
        {
            string name = $"coordinator.{kind.Key.ToString().ToLowerInvariant()}";
            entries.Add(LedgerEntry.Sum(name, kind.Select(plan => Close(controlSent[plan.Index], control[plan.Index]))));
        }

        return entries;
    }

    /// <summary>The books of activity alone, by projection.</summary>
    internal static List<LedgerEntry> CloseActivity(NetworkPlan network, IReadOnlyList<SliceBooks> books)
    {
        var entries = new List<LedgerEntry>();
        ILookup<int, ReceivedBooks> received = books.SelectMany(life => life.Received).ToLookup(books => books.Link);
        Dictionary<int, long> sent = SentBySlice(network, books);
        ILookup<(int, int), OutletBooks> outlets = books
            .SelectMany(life => life.Outlets.Select(outlet => (Way: (life.Slice, outlet.Target), Outlet: outlet)))
            .ToLookup(pair => pair.Way, pair => pair.Outlet);
        ILookup<int, LinkPlan> links = network.Links.ToLookup(link => link.Projection.Index);
        foreach (ProjectionPlan projection in network.Projections.Where(projection => !projection.IsWithin))
        {
            entries.Add(LedgerEntry.Sum(
                projection.Name,
                links[projection.Index].Select(link => Close(
                    sent[link.Source.Index], received[link.Index], outlets[(link.Source.Index, link.Target.Index)]))));
        }

        return entries;
    }

    /// <summary>
    /// What each slice sent along each of its links: what every life last said of itself, or what was heard of it since by
    /// anybody, where it was cut short.
    /// </summary>
    private static Dictionary<int, long> SentBySlice(NetworkPlan network, IReadOnlyList<SliceBooks> books)
    {
        var lives = new Dictionary<(int Slice, int Incarnation), long>();
        foreach (SliceBooks life in books)
            lives[(life.Slice, life.Incarnation)] = life.Sent;
        foreach (ReceivedBooks received in books.SelectMany(life => life.Received))
        {
            int source = network.Links[received.Link].Source.Index;
            foreach (HeardLife heard in received.Lives)
            {
                (int, int) life = (source, heard.Incarnation);
                lives[life] = Math.Max(lives.GetValueOrDefault(life), heard.Highest);
            }
        }

        var sent = network.Slices.ToDictionary(slice => slice.Index, _ => 0L);
        foreach (((int slice, _), long count) in lives)
            sent[slice] += count;
        return sent;
    }

    /// <summary>
    /// A conflated message leaves a gap at the receiver once a later one has come; one behind the last that was heard, or
    /// before the first that a later life of the receiver heard, leaves none. So of gaps and conflated messages the larger
    /// number is what never arrived: never more than was sent, whichever end's last report is older.
    /// </summary>
    private static LedgerEntry Close(
        long sent, IEnumerable<ReceivedBooks> receivers, IEnumerable<OutletBooks> outlets)
    {
        List<ReceivedBooks> received = [.. receivers];
        long conflated = outlets.Sum(outlet => outlet.Conflated);
        return new(
            "",
            sent,
            received.Sum(books => books.Heard.Delivered),
            received.Sum(books => books.Counts.Lost),
            received.Sum(books => books.Counts.Cut),
            received.Sum(books => books.Counts.Duplicated),
            received.Sum(books => books.InFlight) + outlets.LongCount(outlet => outlet.Waits),
            received.Sum(books => books.Heard.Superseded),
            received.Sum(books => books.Heard.Late))
        {
            RealLost = Math.Max(0, received.Sum(books => books.RealLost) - conflated),
            Conflated = conflated,
        };
    }

    private static LedgerEntry Close(long sent, IEnumerable<ControlBooks> receivers)
    {
        List<ControlBooks> received = [.. receivers];
        return new(
            "",
            sent,
            received.Sum(books => books.Delivered),
            received.Sum(books => books.Counts.Lost),
            received.Sum(books => books.Counts.Cut),
            received.Sum(books => books.Counts.Duplicated),
            received.Sum(books => books.InFlight),
            0,
            0)
        {
            RealLost = received.Sum(books => books.RealLost),
        };
    }
}
