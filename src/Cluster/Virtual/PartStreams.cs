using System.Collections.Concurrent;
using Akka.Actor;
using Nudge.Messages;
using Nudge.Wire;

namespace Nudge.Virtual;

/// <summary>
/// What one member of a run in virtual time sends to the others and receives from them: to each, messages in order of which none
/// is lost, over connections that may end at any moment. Any thread may send; all else is the member's actor's.
/// </summary>
/// <param name="run">The number of the run, so that nothing of an earlier one is taken.</param>
/// <param name="frameBytes">The longest frame that all members take.</param>
/// <param name="self">The member's actor.</param>
internal sealed class PartStreams(long run, int frameBytes, IActorRef self)
{
    // Several fit into the window of a stream.
    private const int MostPartBytes = PartSending.Window / 4;

    /// <summary>How often <see cref="Tick"/> is to be called.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly int _partBytes = Math.Min(MostPartBytes, frameBytes - FrameSize.Envelope);
    private readonly ConcurrentDictionary<IActorRef, PartSending> _sending = [];
    private readonly Dictionary<IActorRef, PartReceiving> _receiving = [];

    /// <summary>Sends a message.</summary>
    internal void Send(byte[] message, IActorRef receiver) => SendingTo(receiver).Send(message);

    /// <summary>Takes a part; gives a message with its last one.</summary>
    /// <exception cref="InvalidDataException">The part does not follow the one before.</exception>
    internal bool TryTake(IActorRef sender, VirtualPart part, out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (part.Run != run)
            return false;
        if (!_receiving.TryGetValue(sender, out PartReceiving? receiving))
            _receiving[sender] = receiving = new();
        bool isWhole = receiving.TryTake(part, out message);
        Acknowledge(sender, receiving.Due(isTick: false));
        return isWhole;
    }

    /// <summary>Another member has received parts, or misses one.</summary>
    internal void Take(IActorRef sender, VirtualReceived received)
    {
        if (received.Run == run)
            SendingTo(sender).Take(received.Next, received.Misses);
    }

    /// <summary>Some time has passed.</summary>
    internal void Tick()
    {
        foreach ((IActorRef sender, PartReceiving receiving) in _receiving)
            Acknowledge(sender, receiving.Due(isTick: true));
        foreach (PartSending sending in _sending.Values)
            sending.Tick();
    }

    private PartSending SendingTo(IActorRef receiver) =>
        _sending.GetOrAdd(receiver, to => new(run, _partBytes, part => to.Tell(part, self)));

    private void Acknowledge(IActorRef sender, (long Next, bool Misses)? due)
    {
        if (due is { } answer)
            sender.Tell(new VirtualReceived(run, answer.Next, answer.Misses), self);
    }
}
