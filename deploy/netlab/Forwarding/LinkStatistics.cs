namespace Nudge.Netlab.Forwarding;

/// <summary>What became of a link's packets so far.</summary>
internal sealed record LinkStatistics(LinkName Name, long Seen, long Delivered, long Lost, long Cut, TimeSpan MeanDelay)
{
    /// <summary>Those that are under way.</summary>
    internal long Flying => Seen - Delivered - Lost - Cut;
}
