using Akka.Actor;
using Akka.Event;
using Akka.Remote;

namespace Nudge.Hosting;

/// <summary>
/// Ends a node that others have removed and refuse to hear. It would find out by itself only if the failure detector had time
/// enough between its attempts to reach them.
/// </summary>
internal sealed class QuarantineActor : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public QuarantineActor() => Receive<ThisActorSystemQuarantinedEvent>(refused =>
    {
        Akka.Cluster.Cluster membership = Akka.Cluster.Cluster.Get(Context.System);
        _log.Warning("{0} has removed this node from the cluster", refused.RemoteAddress);
        membership.Down(membership.SelfAddress);
    });

    /// <inheritdoc/>
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
}
