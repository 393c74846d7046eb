using Akka.Actor;
using Akka.Event;

namespace Nudge.Hosting;

/// <summary>
/// The door of a node: creates slices when a coordinator asks for them, one keeper a run. Nobody else creates actors
/// here; remote deployment is refused.
/// </summary>
internal sealed class NodeActor(NodeSettings settings, NetworkSource source) : UntypedActor
{
    internal const string Name = "node";
    internal const int Protocol = 1;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, int> _hosted = [];
    private int _runs;

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AskNode:
                Sender.Tell(new NodeHello(Protocol, settings.FrameBytes));
                break;
            case HostSlices order:
                Host(order);
                break;
            case CountHosted:
                Sender.Tell(new HostedCount(_hosted.Values.Sum()));
                break;
            case Terminated ended:
                _hosted.Remove(ended.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Host(HostSlices order)
    {
        try
        {
            HostedNetwork network = source(order.Experiment, order.Classes);
            if (order.Slices.Any(slice => slice < 0 || slice >= network.Network.Slices.Count))
                throw new InvalidDataException("the experiment has fewer slices than were asked for");
            Address coordinator = Sender.Path.Address;
            IActorRef keeper = Context.ActorOf(
                Props.Create(() => new KeeperActor(network, order.Slices, coordinator)), $"run-{++_runs}");
            _hosted[Context.Watch(keeper)] = order.Slices.Count;
            keeper.Forward(order);
        }
        catch (Exception error)
        {
            // Whatever the experiment is, the node goes on and the coordinator hears why.
            _log.Warning("refused to host slices of {0}: {1}", order.Run, error.Message);
            Sender.Tell(new HostRefused(error.Message));
        }
    }
}
