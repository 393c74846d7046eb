using Akka.Actor;

namespace Nudge.Bench.Wire;

/// <summary>The receiver's end: answers as often as messages are acknowledged.</summary>
internal sealed class CountingActor(object acknowledgement) : UntypedActor
{
    internal const string Name = "counter";
    private int _count;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (++_count % WireWindow.Acknowledged == 0)
            Sender.Tell(acknowledgement);
    }
}
