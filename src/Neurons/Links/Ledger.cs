namespace Nudge.Links;

/// <summary>What the sending end of a link counted.</summary>
/// <param name="Sent">Messages sent, over all incarnations of the sender.</param>
/// <param name="Conflated">Messages that were never sent, since a newer one took their place.</param>
/// <param name="Waiting">Messages that wait to be sent.</param>
internal readonly record struct SendCounters(long Sent, long Conflated = 0, long Waiting = 0);

/// <summary>
/// Closes the counts of all links of an engine, whichever it is, into rows. Sender, link and receiver each counted on their
/// own; <see cref="LedgerEntry.Unaccounted"/> of a row compares them.
/// </summary>
internal sealed class Ledger
{
    private readonly List<LedgerEntry> _links = [];

    /// <summary>Adds one link.</summary>
    /// <param name="row">Key of the row that it belongs to; rows come in the order in which their first link was added.</param>
    /// <param name="sender">What its sender counted.</param>
    /// <param name="reports">What each of its receiving ends, one after the other, reported.</param>
    internal void Add(string row, in SendCounters sender, params ReadOnlySpan<LinkReport> reports)
    {
        LinkCounters fates = default;
        ReceiveCounters received = default;
        long inFlight = sender.Waiting;
        foreach (LinkReport report in reports)
        {
            fates.Lost += report.Fates.Lost;
            fates.Cut += report.Fates.Cut;
            fates.Duplicated += report.Fates.Duplicated;
            received.Delivered += report.Received.Delivered;
            received.Superseded += report.Received.Superseded;
            received.Late += report.Received.Late;
            received.Missing += report.Received.Missing;
            inFlight += report.InFlight;
        }

        _links.Add(Close(row, sender, fates, received, inFlight));
    }

    /// <summary>The rows.</summary>
    internal List<LedgerEntry> Close() =>
        [.. _links.GroupBy(link => link.Link).Select(row => LedgerEntry.Sum(row.Key, row))];

    /// <summary>
    /// A conflated message leaves a gap at the receiver once a later one has come; one behind the last that was received, or
    /// before the first that a later incarnation of the receiver received, leaves none. So of gaps and conflated messages the
    /// larger number is what never arrived: never more than was sent, whichever end's last report is older.
    /// </summary>
    private static LedgerEntry Close(
        string row, in SendCounters sender, in LinkCounters fates, in ReceiveCounters received, long inFlight) => new(
        row,
        sender.Sent,
        received.Delivered,
        fates.Lost,
        fates.Cut,
        fates.Duplicated,
        inFlight,
        received.Superseded,
        received.Late)
        {
            RealLost = Math.Max(0, received.Missing - sender.Conflated),
            Conflated = sender.Conflated,
        };
}
