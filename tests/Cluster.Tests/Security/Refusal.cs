using Akka.Actor;
using Akka.Event;

namespace Nudge.Cluster.Tests.Security;

/// <summary>Waits until a system's log reports a refusal, so that an attack is known to have arrived.</summary>
internal static class Refusal
{
    internal static Task Awaited(ActorSystem system, string expected = "refused")
    {
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef reader = system.ActorOf(Props.Create(() => new Reader(expected, received)));
        system.EventStream.Subscribe(reader, typeof(LogEvent));
        return received.Task.WaitAsync(Rogue.AnswerTimeout);
    }

    private sealed class Reader(string expected, TaskCompletionSource received) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is LogEvent entry && $"{entry.Message} {entry.Cause}".Contains(expected, StringComparison.Ordinal))
                received.TrySetResult();
        }
    }
}
