using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>Closes the books of virtual time from the sender's, the link's and the receiver's own counts.</summary>
internal static class VirtualLedger
{
    internal static List<LedgerEntry> Close(
        NetworkPlan network, PopulationSlice[] slices, ActivityLinks links, ControlLinks control)
    {
        var entries = new List<LedgerEntry>();
        long[] underWay = links.UnderWay();
        foreach (IGrouping<ProjectionPlan, LinkPlan> projection in network.Links.GroupBy(link => link.Projection))
        {
            entries.Add(LedgerEntry.Sum(projection.Key.Name, projection.Select(link =>
            {
                LinkCounts counts = links.Counts(link.Index);
                HeardCounts heard = slices[link.Target.Index].CountsOf(link.AfferentSlot, link.SourceSlot);
                return new LedgerEntry(
                    "",
                    counts.Sent,
                    heard.Delivered,
                    counts.Lost,
                    counts.Cut,
                    counts.Duplicated,
                    underWay[link.Index],
                    heard.Superseded,
                    heard.Late);
            })));
        }

        long[] controlUnderWay = control.UnderWay();
        foreach (IGrouping<ControlKind, ControlChannel> kind in control.Channels.GroupBy(channel => channel.Plan.Kind))
        {
            string name = $"coordinator.{kind.Key.ToString().ToLowerInvariant()}";
            entries.Add(LedgerEntry.Sum(name, kind.Select(channel => new LedgerEntry(
                "",
                channel.Counts.Sent,
                channel.Delivered,
                channel.Counts.Lost,
                channel.Counts.Cut,
                channel.Counts.Duplicated,
                controlUnderWay[channel.Plan.Index],
                0,
                0))));
        }

        return entries;
    }
}
