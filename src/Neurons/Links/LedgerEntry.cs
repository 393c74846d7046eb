namespace Nudge.Links;

/// <summary>
/// The closed counters of one link. Sent was counted by the sender, delivered by the receiver, lost and cut by the link, and
/// in flight where the messages are; nothing is inferred from the rest, so the balance checks them all.
/// </summary>
/// <param name="Link">Name of the link or of a group of links.</param>
/// <param name="Sent">Messages sent.</param>
/// <param name="Delivered">Messages that arrived, second copies included.</param>
/// <param name="Lost">Messages lost by the loss law.</param>
/// <param name="Cut">Messages lost while the link was cut.</param>
/// <param name="Duplicates">Copies that the link made beyond the first.</param>
/// <param name="InFlight">Messages under way.</param>
/// <param name="Superseded">Delivered ones that no step used, since a newer one had arrived.</param>
/// <param name="Late">Delivered ones of a phase that the receiver had already left.</param>
public sealed record LedgerEntry(
    string Link,
    long Sent,
    long Delivered,
    long Lost,
    long Cut,
    long Duplicates,
    long InFlight,
    long Superseded,
    long Late)
{
    /// <summary>Messages that a real network lost, by the gaps that the receiver saw; 0 within one process.</summary>
    public long RealLost { get; init; }

    /// <summary>Messages not sent to a slow node, since a newer one took their place; 0 within one process.</summary>
    public long Conflated { get; init; }

    /// <summary>Messages that the independent counts do not explain: 0 unless a node died with them.</summary>
    public long Unaccounted => Sent + Duplicates - Delivered - Lost - Cut - RealLost - InFlight - Conflated;

    /// <summary>Sums the counters of several links under one name.</summary>
    public static LedgerEntry Sum(string name, IEnumerable<LedgerEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var total = new LedgerEntry(name, 0, 0, 0, 0, 0, 0, 0, 0);
        foreach (LedgerEntry entry in entries)
        {
            total = new(
                name,
                total.Sent + entry.Sent,
                total.Delivered + entry.Delivered,
                total.Lost + entry.Lost,
                total.Cut + entry.Cut,
                total.Duplicates + entry.Duplicates,
                total.InFlight + entry.InFlight,
                total.Superseded + entry.Superseded,
                total.Late + entry.Late)
            {
                RealLost = total.RealLost + entry.RealLost,
                Conflated = total.Conflated + entry.Conflated,
            };
        }

        return total;
    }
}
