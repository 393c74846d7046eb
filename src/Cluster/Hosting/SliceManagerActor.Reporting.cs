using Akka.Actor;
using Nudge.Actors;
using Nudge.Links;
using Nudge.Messages;

namespace Nudge.Hosting;

/// <content>Reports what is kept here, from what slices reported anyway.</content>
internal sealed partial class SliceManagerActor
{
    // A report has an entry for each link, and other messages wait behind it: where there are more links, reports come later.
    private const int LinksPerReport = 20_000;

    private long LinksTo(int slice) => _hosted.Network.LinksTo(_hosted.Network.Slices[slice]).LongCount();

    private void Note(SliceCounters counters)
    {
        if (_slices.TryGetValue(counters.Slice, out HostedSlice? slice))
            slice.Counters = counters;
        _supervisor.Tell(counters);
    }

    private void SendStatus() => Sender.Tell(new RunStatus(
        _run,
        Workers.Name(_home),
        [
            .. _slices.OrderBy(pair => pair.Key).Select(pair => StatusOf(
                pair.Key,
                _hosted.Network.Slices[pair.Key].Name,
                pair.Value.Incarnation,
                pair.Value.IsAlive,
                pair.Value.Counters)),
        ]));

    private static SliceStatus StatusOf(int slice, string name, int incarnation, bool alive, SliceCounters? counters)
    {
        IReadOnlyList<LinkReport> reports = counters is null ? [] : [.. counters.Received, .. counters.Control];
        return new(
            slice,
            name,
            incarnation,
            alive,
            counters?.Sent ?? 0,
            reports.Sum(report => report.Received.Delivered),
            reports.Sum(report => report.Fates.Lost + report.Fates.Cut),
            reports.Sum(report => report.Received.Missing),
            reports.Sum(report => report.InFlight));
    }
}
