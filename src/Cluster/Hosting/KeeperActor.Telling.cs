using Akka.Actor;
using Nudge.Actors;
using Nudge.Links;
using Nudge.Messages;

namespace Nudge.Hosting;

/// <content>Tells what is kept here, from what slices reported anyway.</content>
internal sealed partial class KeeperActor
{
    private void Note(SliceBooks books)
    {
        if (_slices.TryGetValue(books.Slice, out HostedSlice? slice))
            slice.Books = books;
        _director.Tell(books);
    }

    private void TellStatus() => Sender.Tell(new RunStatus(
        _run,
        Workers.Name(_home),
        [
            .. _slices.OrderBy(pair => pair.Key).Select(pair => StatusOf(
                pair.Key,
                _hosted.Network.Slices[pair.Key].Name,
                pair.Value.Incarnation,
                pair.Value.IsAlive,
                pair.Value.Books)),
        ]));

    private static SliceStatus StatusOf(int slice, string name, int incarnation, bool alive, SliceBooks? books)
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
