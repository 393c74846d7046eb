using Akka.Actor;
using Akka.Cluster;
using Nudge.Hosting;

namespace Nudge.Runs;

/// <summary>Reports to its parent which workers come, go and become unreachable.</summary>
internal sealed class WorkerWatch : UntypedActor
{
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

    /// <inheritdoc/>
    protected override void PreStart() => _cluster.Subscribe(
        Self,
        ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
        typeof(ClusterEvent.IMemberEvent),
        typeof(ClusterEvent.IReachabilityEvent));

    /// <inheritdoc/>
    protected override void PostStop() => _cluster.Unsubscribe(Self);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberUp up when up.Member.HasRole(NodeSettings.Worker):
                Context.Parent.Tell(new WorkerCame(up.Member.UniqueAddress));
                break;
            case ClusterEvent.MemberLeft left:
                Context.Parent.Tell(new WorkerLeaves(left.Member.UniqueAddress));
                break;
            case ClusterEvent.MemberRemoved removed:
                Context.Parent.Tell(new WorkerGone(removed.Member.UniqueAddress));
                break;
            case ClusterEvent.UnreachableMember silent:
                Context.Parent.Tell(new WorkerReported(silent.Member.UniqueAddress, false));
                break;
            case ClusterEvent.ReachableMember reachable:
                Context.Parent.Tell(new WorkerReported(reachable.Member.UniqueAddress, true));
                break;
            case ClusterEvent.IClusterDomainEvent:
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
