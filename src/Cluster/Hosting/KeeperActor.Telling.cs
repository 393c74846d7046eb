using Akka.Actor;
using Nudge.Actors;
using Nudge.Inspection;

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
            .. _slices.OrderBy(pair => pair.Key).Select(pair => SliceStatus.Of(
                pair.Key,
                _hosted.Network.Slices[pair.Key].Name,
                pair.Value.Incarnation,
                pair.Value.IsAlive,
                pair.Value.Books)),
        ]));
}
