using Akka.Actor;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;

namespace Nudge.Actors;

/// <summary>Tells a slice's actor whom it speaks to; sent once, before anything else.</summary>
/// <param name="Targets">Slices that hear it, each once.</param>
/// <param name="Paced">Sources that hear nothing of it and are told when it has stepped.</param>
/// <param name="Coordinator">Hears the output, rests and acknowledgements.</param>
public sealed record Introduction(
    IReadOnlyList<IActorRef> Targets, IReadOnlyList<IActorRef> Paced, IActorRef Coordinator)
{
    internal static Introduction Of(
        NetworkPlan network, SlicePlan slice, IReadOnlyList<IActorRef> slices, IActorRef coordinator)
    {
        int[] hearers = HearersOf(network, slice);
        int[] sources = [.. network.Links.Where(link => link.Target == slice).Select(link => link.Source.Index).Distinct()];
        return new(
            [.. hearers.Select(index => slices[index])],
            [.. sources.Except(hearers).Select(index => slices[index])],
            coordinator);
    }

    internal static int[] HearersOf(NetworkPlan network, SlicePlan slice) =>
        [.. network.Links.Where(link => link.Source == slice).Select(link => link.Target.Index).Distinct()];
}

/// <summary>
/// Gives one slice a mailbox and its own pace; it has no dynamics of its own. Free-running: mail coalesces until every
/// source that is awake has spoken since the last stride, so that neighbours keep about the same time; a source is waited
/// for at most until the next keep-alive. A slice in which nothing changes rests, says so, and steps again on news. Its
/// state is its host's, so a restart after a fault goes on with what was there.
/// </summary>
internal sealed class SliceActor : UntypedActor, IWithTimers
{
    private readonly SliceHost _host;
    private readonly SourceRoll _roll;
    private readonly CreditCounter _credits;
    private readonly ActorEngineSettings _settings;
    private readonly TimeSpan _stepTime;
    private readonly bool _mayRest;
    private readonly bool _answers;
    private readonly bool _wallClock;
    private readonly int _stride;
    private readonly List<Acknowledgement> _acknowledgements = [];
    private Introduction? _peers;
    private bool _active;
    private bool _stepPosted;
    private bool _steppedSinceKeepAlive;
    private bool _frozen;
    private bool _asked;

    public SliceActor(SliceHost host, NetworkPlan network, ActorEngineSettings settings)
    {
        _host = host;
        _roll = new(network, host.Slice.Plan, settings.Stride);
        _credits = new(host.Slice.Plan.Index);
        _settings = settings;
        _stepTime = TimeSpan.FromMilliseconds(settings.TauMilliseconds * network.Settings.Time.Step);
        _mayRest = host.Slice.MayRest;
        _answers = network.Answering.Any(population => population.Index == host.Slice.Plan.Population.Index);
        _wallClock = settings.Pacing == Pacing.WallClock;
        _stride = _wallClock ? 1 : settings.Stride;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        // Whom it speaks to went with the failed instance; the parent introduces it again.
        Context.Parent.Tell(new Reintroduce(_host.Slice.Plan.Index));
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ActivityMessage activity:
                _host.Receive(activity);
                _credits.Count(activity.Signal, Sender);
                _roll.Spoke(activity.Signal.Source);
                StepIfAllSpoke();
                break;
            case RestReport report:
                _roll.Rests(report.Slice);
                if (_active)
                    StepIfAllSpoke();
                break;
            case Pace:
                _asked = true;
                PostStep();
                break;
            case ControlMessage control:
                _host.Receive(control);
                PostStep();
                break;
            case StepNow:
                _stepPosted = false;
                Step();
                break;
            case PhaseMark mark:
                Sender.Tell(mark);
                break;
            case Credit credit:
                _host.Outlets.Take(credit);
                break;
            case KeepAlive:
                _host.Outlets.KeepAlive();
                KeepAwake();
                break;
            default:
                OnRareMessage(message);
                break;
        }
    }

    private void OnRareMessage(object message)
    {
        switch (message)
        {
            case Introduction peers:
                _peers = peers;
                _host.Outlets.Meet(peers.Targets);
                if (_wallClock)
                    Timers.StartPeriodicTimer("step", StepNow.Instance, _stepTime);
                else
                    Step();
                break;
            case Freeze freeze:
                _frozen = freeze.Frozen;
                Sender.Tell(freeze with { Slice = _host.Slice.Plan.Index });
                StepUnlessClocked();
                break;
            case AskBooks:
                Sender.Tell(_host.Books());
                break;
            case AskState:
                Sender.Tell(StateBytes.Of(_host.Slice.Save));
                break;
            case SilentSlices silent:
                foreach (int slice in silent.Slices)
                    _roll.FallsSilent(slice);
                StepIfAllSpoke();
                break;
            case AskSnapshot:
                Sender.Tell(Snapshot());
                break;
            case AskEnd:
                _frozen = true;
                _host.HearAll();
                _host.Outlets.End();
                Sender.Tell(Snapshot() with { Books = _host.Books() });
                break;
            case ScriptedActivity scripted:
                _host.Slice.Hear(scripted.AfferentSlot, scripted.SourceSlot, scripted.Signal);
                break;
            case ControlSignal control:
                _host.Slice.Hear(control);
                break;
            case ScriptedStep step:
                _host.Slice.Step(step.Elapsed);
                Sender.Tell(_host.Send());
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private SliceSnapshot Snapshot() => new(_host.Slice.Plan.Index, StateBytes.Rent(writer =>
    {
        _host.Slice.Save(writer);
        _host.Slice.SaveRecord(writer);
    }));

    private void StepIfAllSpoke()
    {
        if (_roll.AllSpoke)
            PostStep();
    }

    /// <summary>Steps behind all the mail that is there by now, so that mail coalesces and no backlog can build up.</summary>
    private void PostStep()
    {
        if (_stepPosted || _wallClock)
            return;
        _stepPosted = true;
        Self.Tell(StepNow.Instance);
    }

    private void StepUnlessClocked()
    {
        if (!_wallClock)
            Step();
    }

    private void Step()
    {
        if (_frozen || _peers is null)
            return;
        _steppedSinceKeepAlive = true;
        bool active = StepOnce(_peers.Coordinator);
        int made = 1;
        for (; made < _stride && active; made++)
        {
            Speak();
            active = StepOnce(_peers.Coordinator);
        }

        // Those that heard the first words of a stride wait for the others, or for word that there are none.
        bool settled = !active && made > 1;
        bool answers = settled || (!active && _roll.PeerSpoke);
        _roll.BeginRound(active);
        if (active || _asked)
            Speak();
        if (active)
            AskPaced();
        _asked = false;
        if (active != _active || answers)
            ReportRest(!active, toCoordinator: settled || active != _active);
        _active = active;
        // With nobody awake to wait for, what still moves goes on by itself.
        if (active && _roll.AllSpoke)
            PostStep();
    }

    /// <summary>Makes a step, and tells whether anything still moves.</summary>
    private bool StepOnce(IActorRef coordinator)
    {
        StepOutcome outcome = _host.Step(_acknowledgements.Add);
        foreach (Acknowledgement acknowledgement in _acknowledgements)
            coordinator.Tell(acknowledgement);
        _acknowledgements.Clear();
        if (_host.Report is { } spread)
            coordinator.Tell(spread);
        return outcome != StepOutcome.Still || _host.HasMail || !_mayRest || _wallClock;
    }

    private void Speak()
    {
        ActivityMessage message = _host.Send();
        _host.Outlets.Send(message);
        if (_answers)
            _peers!.Coordinator.Tell(_host.Answer(message));
    }

    private void AskPaced()
    {
        foreach (IActorRef source in _peers!.Paced)
            source.Tell(Pace.Instance);
    }

    private void ReportRest(bool resting, bool toCoordinator)
    {
        // It rests in the oldest phase that it knows to be shown below or wanted above: news of the present one is yet to come.
        PopulationSlice slice = _host.Slice;
        PhaseNumber known = PhaseNumber.Older(slice.Below, slice.Above);
        var report = new RestReport(slice.Plan.Index, PhaseNumber.Older(slice.Tag.Phase, known), resting);
        if (toCoordinator)
            _peers!.Coordinator.Tell(report);
        if (resting)
            _host.Outlets.Send(report);
    }

    private void KeepAwake()
    {
        if (!_steppedSinceKeepAlive)
        {
            _asked = true;
            StepUnlessClocked();
        }

        _steppedSinceKeepAlive = false;
    }
}
