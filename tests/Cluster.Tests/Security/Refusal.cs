using Akka.Actor;
using Akka.Event;

namespace Nudge.Cluster.Tests.Security;

/// <summary>Waits until a system's log says that it has refused something, so that an attack is known to have arrived.</summary>
internal static class Refusal
{
    internal static Task Awaited(ActorSystem system, string word = "refused", Type? kind = null)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef reader = system.ActorOf(Props.Create(() => new Reader(word, heard)));
        system.EventStream.Subscribe(reader, kind ?? typeof(LogEvent));
        return heard.Task.WaitAsync(Rogue.AnswerTimeout);
    }

    private sealed class Reader(string word, TaskCompletionSource heard) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            string said = message is LogEvent entry ? $"{entry.Message} {entry.Cause}" : $"{message.GetType().Name} {message}";
            if (said.Contains(word, StringComparison.Ordinal))
                heard.TrySetResult();
        }
    }
}
