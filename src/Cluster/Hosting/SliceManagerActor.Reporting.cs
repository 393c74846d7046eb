using Akka.Actor;
using Nudge.Actors;
using Nudge.Links;
using Nudge.Messages;
using Nudge.Store;
using Nudge.Supervision;
using Nudge.Telemetry;

namespace Nudge.Hosting;

/// <content>Reports what is kept here, from what slices reported anyway.</content>
internal sealed partial class SliceManagerActor
{
    private void SendStatus() => Sender.Tell(new RunStatus(
        _run,
        Workers.Name(_home),
        [.. _manager.Slices.Select(slice => StatusOf(slice, _hosted.Network.Slices[slice.Of.Slice].Name))]));

    private void Count(ManagerEvent what)
    {
        var counts = HostingCounts.Of(Context.System);
        switch (what)
        {
            case ManagerEvent.FromStore { Message: SliceRestored { State.IsEmpty: false } }:
                counts.CountMove();
                break;
            case ManagerEvent.FromStore { Message: SliceKept }:
                counts.CountSave();
                break;
            case ManagerEvent.FromStore { Message: StoreFailed }:
                counts.CountFailedSave();
                break;
            case ManagerEvent.FromSlice { Message: SliceCounters counters } from:
                HostedSlice? slice = _manager.Slices.FirstOrDefault(slice => slice.Of == from.Of);
                if (slice is not null)
                    counts.CountReport(_run, slice.Counters, counters);
                break;
            default:
                break;
        }
    }

    private static SliceStatus StatusOf(HostedSlice slice, string name)
    {
        IReadOnlyList<LinkReport> reports = slice.Counters is { } known ? [.. known.Received, .. known.Control] : [];
        return new(
            slice.Of.Slice,
            name,
            slice.Incarnation,
            slice.State == HostedState.Up,
            slice.Counters?.Sent ?? 0,
            reports.Sum(report => report.Received.Delivered),
            reports.Sum(report => report.Fates.Lost + report.Fates.Cut),
            reports.Sum(report => report.Received.Missing),
            reports.Sum(report => report.InFlight));
    }
}
