using Akka.Actor;

namespace Nudge.Bench.Wire;

/// <summary>The sender's end: keeps a window full until all messages of a stream have been acknowledged.</summary>
internal sealed class StreamingActor(IActorRef counter) : UntypedActor
{
    private Stream? _stream;
    private int _sent;
    private int _acknowledged;

    /// <summary>Within the process: send so many.</summary>
    internal sealed record Stream(object Message, int Count, int Window, TaskCompletionSource Done);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is Stream next)
        {
            _stream = next;
            _sent = 0;
            _acknowledged = 0;
        }
        else
        {
            _acknowledged += WireWindow.Acknowledged;
        }

        if (_stream is not { } stream)
            return;
        for (int upTo = Math.Min(stream.Count, _acknowledged + stream.Window); _sent < upTo; _sent++)
            counter.Tell(stream.Message, Self);
        if (_acknowledged < stream.Count)
            return;
        _stream = null;
        stream.Done.SetResult();
    }
}
