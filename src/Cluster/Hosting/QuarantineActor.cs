using Akka.Actor;
using Akka.Event;
using Akka.Remote;

namespace Nudge.Hosting;

/// <summary>
/// Ends a node that a member of its cluster refuses as removed. Only members count: any process that a node answers could
/// refuse it.
/// </summary>
internal sealed class QuarantineActor : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public QuarantineActor() => Receive<ThisActorSystemQuarantinedEvent>(refused =>
    {
        Akka.Cluster.Cluster membership = Akka.Cluster.Cluster.Get(Context.System);
        if (!membership.State.Members.Any(member => member.Address.Equals(refused.RemoteAddress)))
            return;
        _log.Warning("{0} has removed this node from the cluster", refused.RemoteAddress);
        membership.Down(membership.SelfAddress);
    });

    /// <inheritdoc/>
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
}
