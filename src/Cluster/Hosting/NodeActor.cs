using Akka.Actor;
using Akka.Event;
using Nudge.Actors;

namespace Nudge.Hosting;

/// <summary>
/// The door of a node: brings slices to life when a director asks for them, one keeper a run. Nobody else creates actors
/// here; remote deployment is refused.
/// </summary>
internal sealed class NodeActor(NodeSettings settings, NetworkSource source) : UntypedActor
{
    internal const string Name = "node";
    internal const int Protocol = 2;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, IActorRef> _keepers = [];
    private readonly Dictionary<string, HashSet<int>> _hosted = [];
    private readonly List<IActorRef> _waitUntilRetired = [];
    private int _runs;

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        _log.Error(error, "the keeper of a run failed");
        return Directive.Stop;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AskNode:
                Sender.Tell(new NodeHello(
                    Protocol, settings.FrameBytes, settings.Store is not null, NodeMemory.OfThisProcess().PeakBytes));
                break;
            case HostSlices order:
                Host(order);
                break;
            case Retire:
                _waitUntilRetired.Add(Sender);
                foreach (IActorRef keeper in _keepers.Values)
                    keeper.Tell(message);
                SayIfRetired();
                break;
            case CountHosted:
                Sender.Tell(new HostedCount(_hosted.Values.Sum(slices => slices.Count)));
                break;
            case Terminated gone:
                foreach (string run in _keepers.Where(pair => pair.Value.Equals(gone.ActorRef)).Select(pair => pair.Key).ToArray())
                {
                    _keepers.Remove(run);
                    _hosted.Remove(run);
                }

                SayIfRetired();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void SayIfRetired()
    {
        if (_keepers.Count > 0)
            return;
        foreach (IActorRef asker in _waitUntilRetired)
            asker.Tell(new Retired());
        _waitUntilRetired.Clear();
    }

    private void Host(HostSlices order)
    {
        try
        {
            if (!_keepers.TryGetValue(order.Run, out IActorRef? keeper))
            {
                HostedNetwork network = source(order.Experiment, order.Classes);
                if (order.Slices.Any(slice => slice < 0 || slice >= network.Network.Slices.Count))
                    throw new InvalidDataException("the experiment has fewer slices than were asked for");
                keeper = Context.ActorOf(Props.Create(() => new KeeperActor(order, network, settings)), $"run-{++_runs}");
                Context.Watch(keeper);
                _keepers[order.Run] = keeper;
                _hosted[order.Run] = [];
            }

            _hosted[order.Run].UnionWith(order.Slices);
            keeper.Forward(order);
        }
        catch (Exception error)
        {
            // Whatever the experiment is, the node goes on and the director hears why.
            _log.Warning("refused to host slices of {0}: {1}", order.Run, error.Message);
            Sender.Tell(new HostRefused(error.Message));
        }
    }
}
