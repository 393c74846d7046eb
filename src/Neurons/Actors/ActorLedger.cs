using Nudge.Links;
using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Actors;

/// <summary>
/// Matches what senders and receivers counted on their own, over all incarnations of each slice, and hands it to the
/// <see cref="Ledger"/>.
/// </summary>
internal static class ActorLedger
{
    internal static List<LedgerEntry> Close(
        NetworkPlan network, IReadOnlyList<SliceCounters> counters, IReadOnlyList<long> controlSent)
    {
        var ledger = new Ledger();
        AddActivity(ledger, network, counters);
        ILookup<int, LinkReport> control = counters.SelectMany(one => one.Control).ToLookup(report => report.Link);
        foreach (ControlPlan channel in ControlPlan.Of(network))
            ledger.Add(channel.LedgerRow, new(controlSent[channel.Index]), [.. control[channel.Index]]);
        return ledger.Close();
    }

    /// <summary>The rows of activity alone, by projection.</summary>
    internal static List<LedgerEntry> CloseActivity(NetworkPlan network, IReadOnlyList<SliceCounters> counters)
    {
        var ledger = new Ledger();
        AddActivity(ledger, network, counters);
        return ledger.Close();
    }

    private static void AddActivity(Ledger ledger, NetworkPlan network, IReadOnlyList<SliceCounters> counters)
    {
        ILookup<int, LinkReport> received = counters.SelectMany(one => one.Received).ToLookup(report => report.Link);
        Dictionary<int, long> sent = SentBySlice(network, counters);
        ILookup<(int, int), SendWindowCounters> windows = counters
            .SelectMany(one => one.SendWindows.Select(window => (Way: (one.Slice, window.Target), SendWindow: window)))
            .ToLookup(pair => pair.Way, pair => pair.SendWindow);
        foreach (LinkPlan link in network.Links)
        {
            IEnumerable<SendWindowCounters> held = windows[(link.Source.Index, link.Target.Index)];
            var sender = new SendCounters(
                sent[link.Source.Index], held.Sum(window => window.Conflated), held.LongCount(window => window.Waits));
            ledger.Add(link.Projection.Name, sender, [.. received[link.Index]]);
        }
    }

    /// <summary>
    /// What each slice sent along each of its links: what every incarnation last reported of itself, or what any receiver
    /// received of it since, where it was lost.
    /// </summary>
    private static Dictionary<int, long> SentBySlice(NetworkPlan network, IReadOnlyList<SliceCounters> counters)
    {
        var incarnations = new Dictionary<(int Slice, int Incarnation), long>();
        foreach (SliceCounters one in counters)
            incarnations[(one.Slice, one.Incarnation)] = one.Sent;
        foreach (LinkReport report in counters.SelectMany(one => one.Received))
        {
            int source = network.Links[report.Link].Source.Index;
            foreach (ReceivedUpTo received in report.Incarnations)
            {
                (int, int) incarnation = (source, received.Incarnation);
                incarnations[incarnation] = Math.Max(incarnations.GetValueOrDefault(incarnation), received.Highest);
            }
        }

        var sent = network.Slices.ToDictionary(slice => slice.Index, _ => 0L);
        foreach (((int slice, _), long count) in incarnations)
            sent[slice] += count;
        return sent;
    }
}
