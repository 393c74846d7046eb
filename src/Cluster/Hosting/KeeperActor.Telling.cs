using Akka.Actor;
using Nudge.Actors;
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

    private static SliceStatus StatusOf(int slice, string name, int incarnation, bool alive, SliceBooks? books) => new(
        slice,
        name,
        incarnation,
        alive,
        books?.Sent ?? 0,
        books is null ? 0 : books.Received.Sum(link => link.Heard.Delivered) + books.Control.Sum(channel => channel.Delivered),
        books is null ? 0 : books.Received.Select(link => link.Counts).Concat(books.Control.Select(channel => channel.Counts))
            .Sum(counts => counts.Lost + counts.Cut),
        books is null ? 0 : books.Received.Sum(link => link.RealLost) + books.Control.Sum(channel => channel.RealLost),
        books is null ? 0 : books.Received.Sum(link => link.InFlight) + books.Control.Sum(channel => channel.InFlight));
}
