using Nudge.Links;

namespace Nudge.Recording;

/// <summary>What became of all messages of a run, and of those of each link.</summary>
/// <param name="Sent">Messages sent.</param>
/// <param name="Delivered">Messages that arrived, second copies included.</param>
/// <param name="Lost">Messages lost by loss laws.</param>
/// <param name="Cut">Messages lost while their link was cut.</param>
/// <param name="Duplicates">Copies that links made beyond the first.</param>
/// <param name="Superseded">Delivered ones that no step used, since a newer one had arrived.</param>
/// <param name="Late">Delivered ones of a phase that the receiver had already left.</param>
/// <param name="InFlight">Messages under way at the end.</param>
/// <param name="Unaccounted">Messages that the counts do not explain: 0 unless a node was lost with them.</param>
/// <param name="Links">Each link, or the sum over each directed projection.</param>
public sealed record LedgerSummary(
    long Sent,
    long Delivered,
    long Lost,
    long Cut,
    long Duplicates,
    long Superseded,
    long Late,
    long InFlight,
    long Unaccounted,
    IReadOnlyList<LedgerEntry> Links)
{
    /// <summary>Messages that a real network lost; those that the link models lost by intent are not among them.</summary>
    public long RealLost { get; init; }

    /// <summary>Messages not sent to slow nodes, since a newer one took their place.</summary>
    public long Conflated { get; init; }

    /// <summary>Sums the counters of links.</summary>
    /// <param name="links">All links of the run.</param>
    public static LedgerSummary Of(IReadOnlyList<LedgerEntry> links) => new(
        links.Sum(link => link.Sent),
        links.Sum(link => link.Delivered),
        links.Sum(link => link.Lost),
        links.Sum(link => link.Cut),
        links.Sum(link => link.Duplicates),
        links.Sum(link => link.Superseded),
        links.Sum(link => link.Late),
        links.Sum(link => link.InFlight),
        // Errors of opposite sign in two links must not cancel out.
        links.Sum(link => Math.Abs(link.Unaccounted)),
        links)
    {
        RealLost = links.Sum(link => link.RealLost),
        Conflated = links.Sum(link => link.Conflated),
    };
}
