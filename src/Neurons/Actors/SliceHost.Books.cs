using Nudge.Clocks;
using Nudge.Links;
using Nudge.Populations;

namespace Nudge.Actors;

/// <content>What it counts.</content>
internal sealed partial class SliceHost
{
    /// <summary>From here on this life counts what it hears; what a restored state counted was another life's.</summary>
    internal void BeginToCount()
    {
        for (int place = 0; place < _links.Length; place++)
            _heardBefore[place] = Slice.CountsOf(_links[place].AfferentSlot, _links[place].SourceSlot);
    }

    internal SliceBooks Books() => new(
        Slice.Plan.Index,
        Sent,
        Slice.Steps,
        Ticks.ToTau(_now),
        Slice.Learned,
        Slice.Energy,
        StalenessTally.Sum([Slice.Staleness]),
        [
            .. _links.Select((link, place) => new ReceivedBooks(
                link.Index,
                _counts[place],
                Slice.CountsOf(link.AfferentSlot, link.SourceSlot).Since(_heardBefore[place]),
                _inbox.Waiting(place),
                _gaps[place].Missing)
            {
                Lives = _gaps[place].Lives,
            }),
        ],
        [
            .. _channels.Select((channel, place) => new ControlBooks(
                channel.Index,
                _channelCounts[place],
                _channelDelivered[place],
                _inbox.Waiting(~place),
                _channelGaps[place].Missing)),
        ])
    {
        Incarnation = Slice.Incarnation,
        Outlets = Outlets.Books(),
    };

    private static void Count(ref LinkCounts counts, in LinkFate fate)
    {
        if (fate.Lost == LossCause.Loss)
            counts.Lost++;
        else if (fate.Lost == LossCause.Partition)
            counts.Cut++;
        else if (fate.Duplicated)
            counts.Duplicated++;
    }
}
