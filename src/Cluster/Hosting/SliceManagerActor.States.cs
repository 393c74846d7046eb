using Akka.Actor;
using Nudge.Actors;
using Nudge.Messages;
using Nudge.Supervision;

namespace Nudge.Hosting;

/// <content>Hands out states in parts that fit a message.</content>
internal sealed partial class SliceManagerActor
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);
    private readonly Dictionary<int, byte[]> _states = [];

    private sealed record StateTaken(int Slice, byte[] State, int AtMost, IActorRef ReplyTo);

    private void GiveState(AskStatePart ask)
    {
        HostedSlice? slice = _manager.Slices.FirstOrDefault(slice => slice.Of.Slice == ask.Slice && slice.State == HostedState.Up);
        if (slice is null || ask.AtMost <= 0 || ask.Offset < 0 || !_actors.TryGetValue(slice.Of, out IActorRef? actor))
            return;
        IActorRef replyTo = Sender;
        if (ask.Offset > 0)
            GivePart(ask, replyTo);
        else
            actor.Ask<byte[]>(new AskState(), AnswerTimeout)
                .PipeTo(Self, success: state => new StateTaken(ask.Slice, state, ask.AtMost, replyTo));
    }

    private void GivePart(AskStatePart ask, IActorRef replyTo)
    {
        if (!_states.TryGetValue(ask.Slice, out byte[]? state) || ask.Offset > state.Length)
            return;
        int length = Math.Min(ask.AtMost, state.Length - ask.Offset);
        replyTo.Tell(new StatePart(ask.Slice, ask.Offset, state.Length, state.AsMemory(ask.Offset, length)));
        if (ask.Offset + length == state.Length)
            _states.Remove(ask.Slice);
    }
}
