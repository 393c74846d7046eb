using Akka.Actor;

namespace Nudge.Cluster.Tests.Security;

/// <summary>An actor with a child that it watches, as a node endpoint: it ends when the child does.</summary>
public sealed class Victim : UntypedActor
{
    private static int _restarts;

    public static int Restarts => Volatile.Read(ref _restarts);

    protected override void PreStart() => Context.Watch(Context.ActorOf(Props.Create(() => new Child()), "child"));

    protected override void PostRestart(Exception reason)
    {
        Interlocked.Increment(ref _restarts);
        base.PostRestart(reason);
    }

    protected override void OnReceive(object message) => Unhandled(message);

    private sealed class Child : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
