using Nudge.Clocks;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Actors;

/// <summary>
/// A slice with its clock, the receiving ends of its links and what it sends: all that survives a restart of its actor.
/// </summary>
internal sealed class SliceHost
{
    private readonly SliceArrivals _arrivals;
    private ActivitySignal _sent;
    private bool _changed = true;
    private long _repeats;
    private readonly NetworkPlan _network;
    private readonly PhaseTrail _trail = new();
    private long _now;

    /// <summary>Makes the host of a slice's first incarnation.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">The slice's place in it.</param>
    /// <param name="lag">How far it may run ahead of its neighbours, in τ.</param>
    internal SliceHost(NetworkPlan network, SlicePlan plan, double lag)
        : this(network, plan, network.CreateSlice(plan), lag, fromStart: true)
    {
    }

    /// <summary>Makes the host of one incarnation of a slice.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">The slice's place in it.</param>
    /// <param name="slice">The slice at the start of this incarnation.</param>
    /// <param name="lag">How far it may run ahead of its neighbours, in τ.</param>
    /// <param name="fromStart">Whether it has been there since its neighbours began.</param>
    internal SliceHost(NetworkPlan network, SlicePlan plan, PopulationSlice slice, double lag, bool fromStart)
    {
        _network = network;
        Slice = slice;
        Clock = SliceClock.Create(network, plan);
        Lag = new(network, plan, lag, fromStart);
        SendWindows = new(network, plan, Lag.Steps);
        _arrivals = new(network, plan, fromStart);
        // Cuts of links are at moments of the slice's time, which goes on from incarnation to incarnation.
        _now = Ticks.FromTau(slice.LocalTime);
        BeginToCount();
    }

    internal PopulationSlice Slice { get; }

    internal LocalClock Clock { get; }

    /// <summary>Where it sends to, once its neighbours are known.</summary>
    internal SendWindows SendWindows { get; }

    /// <summary>How far it may run ahead of its neighbours.</summary>
    internal LagBound Lag { get; }

    internal long Sent { get; private set; }

    /// <summary>The present phase of a slice whose answers count.</summary>
    internal PhaseClock Phase { get; } = new();

    /// <summary>Whether the phase of the coordinator ended with the last step.</summary>
    internal bool PhaseEnded { get; private set; }

    /// <summary>The length of the last step on the own clock, in τ.</summary>
    internal double Elapsed { get; private set; }

    /// <summary>What the last step made known to a coordinator that seeks the best b, or null.</summary>
    internal PhaseReport? Report { get; private set; }

    /// <summary>How many times as long each of its steps takes for its neighbours.</summary>
    internal double Slowness { get; private set; } = 1;

    /// <summary>Whether it is to stand still with all others: also for an actor that was restarted meanwhile.</summary>
    internal bool IsFrozen { get; set; }

    /// <summary>Whether its clock stands still.</summary>
    internal bool IsSilent { get; private set; }

    /// <summary>Interventions that it has made.</summary>
    internal int Interventions { get; private set; }

    /// <summary>
    /// What an observer sees of it. Its time is the one that it keeps with its neighbours, which goes on while it rests.
    /// </summary>
    internal SliceView View() =>
        SliceView.Of(Slice) with { LocalTau = Math.Max(Lag.Time, Lag.Newest), Visits = _trail.Copy() };

    internal bool HasPending => !_arrivals.IsEmpty;

    /// <summary>Whether the newest state of a source was lost on its link.</summary>
    internal bool MissesNewest => _arrivals.MissesNewest;

    /// <summary>Asks sources for the states that links lost, for each once.</summary>
    /// <param name="ask">Sends the question to a source.</param>
    internal void AskForMissed(Action<int, AskActivity> ask) => _arrivals.AskForMissed(ask);

    /// <summary>Asks one source for the state that a link lost, also if it has been asked.</summary>
    /// <param name="source">Index of the source.</param>
    /// <param name="ask">Sends the question to it.</param>
    internal void AskAgain(int source, Action<int, AskActivity> ask) => _arrivals.AskAgain(source, ask);

    /// <summary>Whether it has sent activity after what a target asks about.</summary>
    internal bool HasSentSince(AskActivity ask) => _sent.IsNewerThan(ask.Incarnation, ask.Sequence);

    /// <summary>A neighbour is unreachable: until it sends, it is neither waited for nor asked.</summary>
    internal void BecomesUnreachable(int slice)
    {
        Lag.BecomesUnreachable(slice);
        _arrivals.BecomesUnreachable(slice);
    }

    internal void Receive(ActivityMessage message)
    {
        _arrivals.Receive(message, _now);
        // A lost message tells the time all the same: pacing belongs to the simulation, and only the information was lost.
        Lag.Receive(message.Signal.Source, message.Time, message.Awake);
    }

    internal void Receive(ControlMessage message) => _arrivals.Receive(message, _now);

    /// <summary>Receives what is due by the next tick of the own clock, and steps.</summary>
    /// <param name="acknowledge">Receives the acknowledgements to be sent.</param>
    internal StepOutcome Step(Action<Acknowledgement> acknowledge)
    {
        ClockTick tick = Clock.Next();
        _now += Math.Max(1, Ticks.FromTau(tick.Elapsed));
        _arrivals.Deliver(Slice, _now, _now, acknowledge);
        PhaseNumber before = Slice.Tag.Phase;
        StepOutcome outcome = Slice.Step(tick.Elapsed);
        _changed |= outcome != StepOutcome.Still;
        Elapsed = tick.Elapsed;
        if (Slice.Tag.Phase != before)
            _trail.Add(new(Slice.Tag.Phase, Slice.Tag.Importance[0], Lag.Time, Slice.Learned));
        PhaseEnded = Phase.Elapse(Slice.Tag.Phase, tick.Elapsed);
        Report = Slice.Tag.Phase != before && Slice.SecondMoments is { } spread ? new(Slice.Plan.Index, spread) : null;
        if (Slice.Tag.Phase != before && !Slice.IsFinite)
            throw NumericalException.For(Slice, Ticks.ToTau(_now));
        return outcome;
    }

    /// <summary>
    /// Receives all that waits, due or not: an incarnation that ends in order leaves nothing under way.
    /// </summary>
    internal void ReceiveAll() => _arrivals.Deliver(Slice, long.MaxValue, _now, _ => { });

    /// <summary>Makes the interventions of the run so far; those that it has made before change nothing.</summary>
    internal void Make(IReadOnlyList<AppliedIntervention> applied)
    {
        if (applied.Count <= Interventions)
            return;
        NetworkConditions conditions = NetworkConditions.After(_network, applied);
        _arrivals.Use(conditions);
        Slowness = conditions.SlownessOf(Slice.Plan.Population);
        IsSilent = conditions.IsSilent(Slice.Plan.Population);
        FlipWeights.Make(Slice, _network.Settings.Seed, applied);
        Interventions = applied.Count;
    }

    /// <summary>What its targets receive of the present state.</summary>
    /// <param name="awake">Whether it goes on by itself.</param>
    internal ActivityMessage Send(bool awake)
    {
        Sent++;
        Lag.HasSent();
        _sent = Slice.Send(null);
        _repeats = _changed ? 0 : _repeats + 1;
        _changed = false;
        return new(_sent, Lag.Time, awake && Lag.IsKnown) { Repeats = _repeats };
    }

    /// <summary>What its neighbours receive where it sends no activity.</summary>
    /// <param name="awake">Whether it goes on by itself.</param>
    internal SliceTime TimeOf(bool awake) => new(Slice.Plan.Index, Lag.Time, awake && Lag.IsKnown);

    /// <summary>What the coordinator receives of the present state.</summary>
    internal AnswerMessage Answer()
    {
        float[] answer = new float[Slice.AnswerSize * Slice.Tag.Importance.Length];
        Slice.CopyAnswer(answer);
        return new(Slice.Plan.Index, Slice.Tag.Phase, ActivityFrame.Of(answer)) { Ended = Phase.Ended };
    }

    /// <summary>From here on this incarnation counts what it receives; what a restored state counted was another's.</summary>
    internal void BeginToCount() => _arrivals.BeginToCount(Slice);

    internal SliceCounters Counters()
    {
        (IReadOnlyList<LinkReport> links, IReadOnlyList<LinkReport> channels) = _arrivals.Report(Slice);
        return new(
            Slice.Plan.Index,
            Sent,
            Slice.Steps,
            Ticks.ToTau(_now),
            Slice.Learned,
            Slice.Energy,
            StalenessTally.Sum([Slice.Staleness]),
            links,
            channels)
        {
            Incarnation = Slice.Incarnation,
            Ahead = Lag.Ahead,
            SendWindows = SendWindows.Counters(),
        };
    }
}
