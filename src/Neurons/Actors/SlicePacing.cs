using Nudge.Interventions;
using Nudge.Networks;

namespace Nudge.Actors;

/// <summary>
/// The pace of one slice, as a plain state machine: what it is told comes in by methods, and what is to be sent goes to its
/// neighbours. Free-running: it steps as long as it is no further ahead of its neighbours than the lag allows, and takes in all
/// that has come by then. A slice in which nothing changes rests, reports so, and steps again on change. All that survives its
/// restart is its host's.
/// </summary>
/// <remarks>Not safe for several threads; an actor is its shell.</remarks>
internal sealed partial class SlicePacing
{
    private readonly SliceHost _host;
    private readonly ISliceEffects _effects;
    private readonly CreditCounter _credits;
    private readonly double _lag;
    private readonly bool _mayRest;
    private readonly bool _answers;
    private readonly bool _wallClock;
    private readonly Action<int, AskActivity> _ask;
    private readonly RepeatPause _repeat = new();
    private readonly HashSet<int> _unanswered = [];
    private readonly List<Acknowledgement> _acknowledgements = [];
    private readonly Action<Acknowledgement> _acknowledge;
    private ISliceNeighbours? _neighbours;
    private bool _active;
    private bool _stepPosted;
    private bool _still = true;
    private bool? _resting;
    private bool _due;
    private bool _hasSent;
    private AskActivity? _question;
    private double _paceAt = double.NegativeInfinity;

    /// <param name="host">The slice, and all that survives a restart.</param>
    /// <param name="network">The network.</param>
    /// <param name="settings">Pace of the actors.</param>
    /// <param name="effects">Steps it again.</param>
    internal SlicePacing(SliceHost host, NetworkPlan network, ActorEngineSettings settings, ISliceEffects effects)
    {
        _host = host;
        _effects = effects;
        _credits = new(host.Slice.Plan.Index);
        _lag = settings.Lag;
        _mayRest = host.Slice.MayRest;
        _answers = network.Answering.Any(population => population.Index == host.Slice.Plan.Population.Index);
        _ask = (source, question) => _neighbours?.ToSlice(source, question);
        _acknowledge = _acknowledgements.Add;
        _wallClock = settings.Pacing == Pacing.WallClock;
    }

    /// <summary>It is told where it sends to: first of all, and whenever that changes.</summary>
    internal void On(ISliceNeighbours neighbours)
    {
        _neighbours = neighbours;
        _host.SendWindows.SetTargets(neighbours);
        _repeat.Shorten();
        StepForNews();
    }

    /// <summary>Activity of a source has come.</summary>
    /// <param name="activity">The message.</param>
    /// <param name="elsewhere">Whether its sender is on another node.</param>
    /// <returns>A credit that is due to its sender, or null.</returns>
    internal Credit? On(ActivityMessage activity, bool elsewhere)
    {
        _host.Receive(activity);
        Credit? credit = elsewhere ? _credits.Count(activity.Signal) : null;
        if (activity.Awake)
            _unanswered.Add(activity.Signal.Source);
        StepForNews();
        return credit;
    }

    internal void On(SliceTime time)
    {
        _host.Lag.Receive(time.Slice, time.Time, time.Awake);
        // It sends its time alone where its activity has not changed since the message that was lost.
        _host.AskAgain(time.Slice, _ask);
        StepSoonIfAllowed();
    }

    internal void On(ControlMessage control)
    {
        _host.Receive(control);
        StepForNews();
    }

    /// <summary>A target asks for activity that a link lost.</summary>
    internal void On(AskActivity question)
    {
        if (!_host.HasSentSince(question))
            Answer(question);
    }

    /// <summary>A phase begins for the coordinator. Where it repeats itself, the answer that it waits for was lost.</summary>
    internal void On(PhaseMark mark)
    {
        _host.Phase.Begin(mark);
        if (_host.Phase.Ended == mark.Phase)
            _neighbours?.ToCoordinator(_host.Answer());
    }

    internal void On(Credit credit) => _host.SendWindows.Take(credit);

    internal void On(Freeze freeze)
    {
        _host.IsFrozen = freeze.Frozen;
        StepForNews();
    }

    internal void On(UnreachableSlices silent)
    {
        bool missed = _host.MissesNewest;
        foreach (int slice in silent.Slices)
            _host.BecomesUnreachable(slice);
        // It may rest without what it will not get.
        _due |= missed && !_host.MissesNewest;
        StepSoonIfAllowed();
    }

    /// <summary>It is told of all interventions of the run so far.</summary>
    internal void On(IReadOnlyList<AppliedIntervention> interventions)
    {
        _host.Make(interventions);
        _neighbours?.ToCoordinator(new InterventionsMade(_host.Slice.Plan.Index, _host.Interventions));
        StepForNews();
    }

    /// <summary>An observer asks what there is to see of it.</summary>
    internal void OnAskView() => _neighbours?.ToCoordinator(new SliceViewed(_host.View()));

    /// <summary>Its incarnation ends in order: it takes in what waits and sends no more.</summary>
    internal void End()
    {
        _host.IsFrozen = true;
        _host.ReceiveAll();
        _host.SendWindows.End();
    }

    /// <summary>
    /// Repeats activity, time and rest to those that a message may not have reached: whoever waits for it would wait for
    /// ever. One that waits sends ever more rarely, because its neighbours may only be slow.
    /// </summary>
    internal void OnKeepAlive()
    {
        _host.SendWindows.KeepAlive();
        if (_host.IsFrozen || _wallClock || _neighbours is null || !_repeat.IsOver())
            return;
        if (_host.IsSilent)
        {
            TellThatItRests();
            return;
        }

        SendActivity(_active);
        _paceAt = double.NegativeInfinity;
        PaceSources(_active);
        if (_resting == true)
            SendRest();
    }
}
