using Nudge.Actors;

namespace Nudge.Simulation.Pacing;

/// <summary>The slice of a number is now another actor.</summary>
internal sealed record SimulatedMove(int Slice, SimulatedSlice Actor);

/// <summary>The first phase may begin with these slices.</summary>
internal sealed record SimulatedBegin(IReadOnlyList<SimulatedSlice> Slices);

/// <summary>The real pacing of phases, in a shell as <c>CoordinatorActor</c> is one.</summary>
internal sealed class SimulatedCoordinator : SimulatedActor, IPhaseEffects
{
    private readonly Dictionary<int, SimulatedSlice> _moved = [];
    private SimulatedSlice[] _slices = [];

    internal SimulatedCoordinator(PacingWorld world, LoopProcess process)
        : base(world, process) => Pacing = new(
            world.Network.Plan, world.Network.Schedule, world.Network.Settings, world.Board, world.Interventions, this);

    internal PhasePacing Pacing { get; }

    /// <summary>The last stop or resumption of the run that it has confirmed.</summary>
    internal long FreezeRound { get; private set; }

    /// <summary>Whether it was told to stand still.</summary>
    internal bool Frozen { get; private set; }

    void IPhaseEffects.ToSlice(int slice, object message)
    {
        if (World.Bug.FromCoordinator(slice, message) is not { } sent)
            return;
        World.Checks.ToldSlice(slice, sent);
        Send(sent, _slices[slice]);
    }

    void IPhaseEffects.StartPhaseTimer(PhaseOver over, TimeSpan after) => throw new NotSupportedException("Free running has no such timer.");

    protected override void Handle(object message, SimulatedSlice? sender)
    {
        if (message is Freeze told)
            Frozen = told.Frozen;
        World.Checks.Before(message);
        if (World.Bug.ToCoordinator(this, message) is not { } heard)
            return;
        Take(heard);
        World.Bug.After(this, heard);
        World.Checks.After(heard);
        if (World.Traced && heard is not KeepAlive)
            World.Trace($"  coordinator: {heard}");
    }

    private void Take(object message)
    {
        switch (message)
        {
            case AnswerMessage answer:
                Pacing.On(answer);
                break;
            case RestReport rest:
                Pacing.On(rest);
                break;
            case Acknowledgement acknowledgement:
                Pacing.On(acknowledgement);
                break;
            case InterventionsMade made:
                Pacing.On(made);
                break;
            case SimulatedBegin begin:
                _slices = [.. begin.Slices];
                foreach ((int slice, SimulatedSlice actor) in _moved)
                    _slices[slice] = actor;
                Pacing.Begin();
                break;
            case UnreachableSlices silent:
                Pacing.On(silent);
                break;
            case SimulatedMove moved:
                if (_slices.Length > 0)
                    _slices[moved.Slice] = moved.Actor;
                else
                    _moved[moved.Slice] = moved.Actor;
                Pacing.OnMoved(moved.Slice);
                break;
            case KeepAlive:
                Pacing.OnKeepAlive();
                break;
            case Freeze freeze:
                FreezeRound = freeze.Round;
                Pacing.On(freeze);
                break;
            default:
                throw new InvalidOperationException($"{message}");
        }
    }
}
