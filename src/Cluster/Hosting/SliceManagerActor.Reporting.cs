using Akka.Actor;
using Nudge.Links;
using Nudge.Messages;
using Nudge.Supervision;

namespace Nudge.Hosting;

/// <content>Reports what is kept here, from what slices reported anyway.</content>
internal sealed partial class SliceManagerActor
{
    private void SendStatus() => Sender.Tell(new RunStatus(
        _run,
        Workers.Name(_home),
        [.. _manager.Slices.Select(slice => StatusOf(slice, _hosted.Network.Slices[slice.Of.Slice].Name))]));

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
