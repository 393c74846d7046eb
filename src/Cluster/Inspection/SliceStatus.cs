using Nudge.Actors;
using Nudge.Links;

namespace Nudge.Inspection;

/// <summary>A slice as it last reported to its keeper; activity and control messages are counted together.</summary>
/// <param name="Slice">Its index.</param>
/// <param name="Name">Its name.</param>
/// <param name="Incarnation">Which life it is; what follows is counted from its birth.</param>
/// <param name="Alive">Whether it has come to life.</param>
/// <param name="Sent">Signals that it sent.</param>
/// <param name="Delivered">Messages that reached it.</param>
/// <param name="Lost">Messages to it that the link models lost.</param>
/// <param name="RealLost">Messages to it that the network lost.</param>
/// <param name="Waiting">Messages that have come and wait for their time.</param>
public sealed record SliceStatus(
    int Slice, string Name, int Incarnation, bool Alive, long Sent, long Delivered, long Lost, long RealLost, long Waiting)
{
    /// <summary>Where it is hosted; known to the one who asked, and not sent along.</summary>
    public string Node { get; init; } = "";

    /// <param name="slice">Its index.</param>
    /// <param name="name">Its name.</param>
    /// <param name="incarnation">Which life it is.</param>
    /// <param name="alive">Whether it has come to life.</param>
    /// <param name="books">Its last report, or null.</param>
    internal static SliceStatus Of(int slice, string name, int incarnation, bool alive, SliceBooks? books)
    {
        IReadOnlyList<LinkReport> reports = books is null ? [] : [.. books.Received, .. books.Control];
        return new(
            slice,
            name,
            incarnation,
            alive,
            books?.Sent ?? 0,
            reports.Sum(report => report.Received.Delivered),
            reports.Sum(report => report.Fates.Lost + report.Fates.Cut),
            reports.Sum(report => report.Received.Missing),
            reports.Sum(report => report.InFlight));
    }
}
