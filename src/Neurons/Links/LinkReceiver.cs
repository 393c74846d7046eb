namespace Nudge.Links;

/// <summary>
/// What one receiving end reports of a link. Where a link had several receiving ends one after the other, as when its
/// receiver was restarted elsewhere, each has a report of its own.
/// </summary>
/// <param name="Link">The engine's index of the link or channel.</param>
/// <param name="Fates">What the link lost or copied.</param>
/// <param name="Received">What the receiver counted.</param>
/// <param name="InFlight">Messages that wait for their time.</param>
public sealed record LinkReport(int Link, LinkCounters Fates, ReceiveCounters Received, long InFlight)
{
    /// <summary>
    /// How far each incarnation of the sender was received: all that is known of what one sent before it was lost.
    /// </summary>
    public IReadOnlyList<ReceivedUpTo> Incarnations { get; init; } = [];
}

/// <summary>
/// The receiving end of a link whose fates are drawn on arrival: sees the gaps that a real network left, then draws what the
/// simulated link does to what came.
/// </summary>
/// <param name="end">Draws and counts the fates.</param>
/// <param name="first">The sequence number that each incarnation of the sender begins with.</param>
/// <param name="fromStart">Whether the receiver has been there since the senders began.</param>
internal struct LinkReceiver(LinkEnd end, long first, bool fromStart)
{
    private SequenceGaps _gaps = new(first, fromStart);

    /// <summary>Draws the fate of one message that came.</summary>
    /// <param name="incarnation">Incarnation of its sender.</param>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="now">The receiver's time, in ticks.</param>
    internal LinkFate Receive(int incarnation, long sequence, long now)
    {
        _gaps.See(incarnation, sequence);
        return end.Draw(LinkEnd.NumberOf(incarnation, sequence - first), now);
    }

    /// <summary>Treats messages otherwise from now on.</summary>
    /// <param name="settings">The settings from now on.</param>
    /// <param name="isCut">Whether the link is cut from now on.</param>
    internal readonly void Change(LinkSettings settings, bool isCut) => end.Change(settings, isCut);

    /// <summary>The counts of this end.</summary>
    /// <param name="link">The engine's index of the link.</param>
    /// <param name="received">What the receiver counted; the gaps are added.</param>
    /// <param name="inFlight">Messages that wait for their time.</param>
    internal readonly LinkReport Report(int link, ReceiveCounters received, long inFlight) =>
        new(link, end.Counters, received with { Missing = _gaps.Missing }, inFlight)
        {
            Incarnations = _gaps.Incarnations,
        };
}
