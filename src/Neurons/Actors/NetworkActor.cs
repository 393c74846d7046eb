using Akka.Actor;
using Nudge.Actors.Loops;
using Nudge.Interventions;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Topology;
using Nudge.Training;

namespace Nudge.Actors;

/// <summary>A restarted slice asks again for the actors that it sends to.</summary>
internal sealed record AskNeighbours(int Slice);

/// <summary>Asks for the actors of all slices and the coordinator; answered by <see cref="NetworkActors"/>.</summary>
internal sealed record AskNetworkActors;

/// <summary>The actors of a network.</summary>
internal sealed record NetworkActors(IReadOnlyList<IActorRef> Slices, IActorRef Coordinator);

/// <summary>
/// Starts all actors of a network and supervises them: one that throws continues with its last state.
/// </summary>
internal sealed class NetworkActor : UntypedActor
{
    private readonly NetworkPlan _network;
    private readonly ProgressPublisher _progressPublisher;
    private readonly IActorRef[] _slices;
    private readonly IActorRef _coordinator;
    private readonly Rotation<IActorRef> _keepAlive;

    public NetworkActor(
        NetworkPlan network,
        TrainingSchedule schedule,
        ActorEngineSettings settings,
        IReadOnlyList<SliceHost> hosts,
        ProgressPublisher board,
        PendingInterventions? interventions)
    {
        _network = network;
        _progressPublisher = board;
        _slices =
        [
            .. network.Slices.Select(slice => Context.ActorOf(
                Props.Create(() => new SliceActor(hosts[slice.Index], network, settings))
                    .WithDispatcher(LoopDispatcher.Name),
                $"slice-{slice.Index}")),
        ];
        _coordinator = Context.ActorOf(
            Props.Create(() => new CoordinatorActor(network, schedule, settings, board, interventions))
                .WithDispatcher(LoopDispatcher.Name),
            "coordinator");
        _keepAlive = KeepAlive.Rotate(() => _slices);
        foreach (SlicePlan slice in network.Slices)
            _slices[slice.Index].Tell(NeighboursOf(slice));
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        if (error is NumericalException || Sender.Equals(_coordinator))
        {
            _progressPublisher.Fail(error);
            return Directive.Stop;
        }

        _progressPublisher.CountFault();
        return Directive.Restart;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AskNeighbours again:
                _slices[again.Slice].Tell(NeighboursOf(_network.Slices[again.Slice]));
                break;
            case AskNetworkActors:
                Sender.Tell(new NetworkActors(_slices, _coordinator));
                break;
            case KeepAlive:
                foreach (IActorRef slice in _keepAlive.Next())
                    slice.Tell(KeepAlive.Instance);
                _coordinator.Tell(KeepAlive.Instance);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private Neighbours NeighboursOf(SlicePlan slice) => Neighbours.Of(_network, slice, _slices, _coordinator);
}
