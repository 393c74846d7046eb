using System.Globalization;
using Nudge.Actors;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Signals;
using Nudge.Topology;

namespace Nudge.Simulation.Pacing;

/// <summary>What must hold among coordinator and slices, whatever goes wrong; knows nothing of how faults are drawn.</summary>
internal sealed class PacingChecks(PacingWorld world)
{
    private const int Most = 20;
    private readonly List<string> _violations = [];
    private readonly Dictionary<string, long> _dropped = [];
    private readonly Dictionary<int, PhaseNumber> _told = [];
    private readonly List<SimulatedSlice> _actors = [];
    private PhaseNumber _present = PhaseNumber.None;
    private long _phases;
    private readonly HashSet<int> _toldNow = [];
    private readonly Dictionary<int, RestReport> _reported = [];
    private bool _lost;

    internal IReadOnlyList<string> Violations => _violations;

    /// <summary>When the last phase began.</summary>
    internal TimeSpan ChangedAt { get; private set; }

    /// <summary>All incarnations that there were.</summary>
    internal IReadOnlyList<SimulatedSlice> Actors => _actors;

    /// <summary>Whether all slices are there, and have made all interventions.</summary>
    internal bool AllMade => world.Supervision.Directory.All(slice => slice is { Ended: false }
        && slice.Host.Interventions == world.Interventions.Applied.Count);

    private bool IsCalm => world.Scenario is { Faults.Count: 0, Changes.Count: 0 }
        && PacingScenario.IsCalm(world.Scenario.Seed);

    private NetworkPlan Plan => world.Network.Plan;

    internal void Add(SimulatedSlice actor) => _actors.Add(actor);

    internal void Violate(string what)
    {
        world.Trace($"VIOLATION: {what}");
        if (_violations.Count < Most)
            _violations.Add(string.Create(CultureInfo.InvariantCulture, $"{world.Time.Now.TotalSeconds:0.000} s: {what}"));
    }

    /// <summary>An incarnation ends without a message: what it counted is not known.</summary>
    internal void Lost() => _lost = true;

    /// <summary>A message reaches nobody.</summary>
    internal void Dropped(SimulatedActor receiver, object message)
    {
        if (receiver is SimulatedSlice slice)
            Dropped(slice.Plan.Index, message);
    }

    /// <summary>A message to a slice reaches nobody.</summary>
    internal void Dropped(int slice, object message)
    {
        switch (message)
        {
            case ActivityMessage activity:
                foreach (LinkPlan link in Plan.Links.Where(link => link.Target.Index == slice && link.Source.Index == activity.Signal.Source))
                    _dropped[link.Projection.Name] = _dropped.GetValueOrDefault(link.Projection.Name) + 1;
                break;
            case ControlMessage control:
                string row = ControlPlan.Of(Plan)[control.Channel].LedgerRow;
                _dropped[row] = _dropped.GetValueOrDefault(row) + 1;
                break;
            default:
                break;
        }
    }

    /// <summary>The coordinator sends a message to a slice.</summary>
    internal void ToldSlice(int slice, object message)
    {
        switch (message)
        {
            case ControlMessage control:
                _toldNow.Add(control.Channel);
                PhaseNumber phase = control.Signal.Tag.Phase;
                if (phase < _told.GetValueOrDefault(control.Channel, PhaseNumber.None))
                    Violate($"slice {slice} is told of phase {phase} after {_told[control.Channel]}");
                _told[control.Channel] = phase;
                break;
            case PhaseMark mark when mark.Phase != world.Network.Schedule.Present?.Phase:
                Violate($"slice {slice} is sent a mark of phase {mark.Phase}, and the present one is {world.Network.Schedule.Present?.Phase}");
                break;
            default:
                break;
        }
    }

    /// <summary>The coordinator is about to take in a message.</summary>
    internal void Before(object message)
    {
        if (message is RestReport rest)
            _reported[rest.Slice] = rest;
        _phases = world.Network.Schedule.Phases;
        _toldNow.Clear();
    }

    /// <summary>The coordinator has taken in a message.</summary>
    internal void After(object message)
    {
        long begun = world.Network.Schedule.Phases - _phases;
        if (message is SimulatedMove moved && world.Network.Schedule.Present is not null)
            ToldAgain(moved.Slice);
        bool isOver = world.Board.Progress.Over;
        if (begun == 0 && !isOver)
            return;
        if (begun > 1)
            Violate($"{message.GetType().Name} ends {begun} phases");
        if (begun > 0 && world.Coordinator.Frozen)
            Violate("a phase begins while all stands still");
        PhaseNumber before = _present;
        if (world.Network.Schedule.Present is { } present)
        {
            if (begun > 0 && present.Phase <= _present)
                Violate($"phase {present.Phase} follows {_present}");
            _present = present.Phase;
        }

        if (begun > 0 && IsCalm && before != PhaseNumber.None)
            EndedInTime(before, message);
        if (begun > 0)
            world.Trace($"phase {_present.Number} begins by {message}");
        ChangedAt = world.Time.Now;
    }

    // Nothing goes wrong, and nothing that is late wakes a slice that has reported its rest: a phase lasts its length for those whose answers count, or until all rest.
    private void EndedInTime(PhaseNumber phase, object message)
    {
        if (message is KeepAlive)
            Violate($"phase {phase.Number} ends by a keep-alive, and nothing goes wrong");
        SimulatedSlice[] slices = [.. world.Supervision.Directory.OfType<SimulatedSlice>()];
        bool answered = world.Network.Schedule.Listening.All(slice => slices[slice.Index].Host.Phase.Ended == phase);
        bool goesOn = slices.Any(slice => slice.Checks.IsActive
            && !(_reported.GetValueOrDefault(slice.Plan.Index) is { Resting: true } rest && rest.Phase == phase));
        if (!answered && goesOn)
            Violate($"phase {phase.Number} ends by {message} while a slice goes on");
    }

    private void ToldAgain(int slice)
    {
        if (!ControlPlan.Of(Plan).Where(channel => channel.Target.Index == slice).All(channel => _toldNow.Contains(channel.Index)))
            Violate($"slice {slice} has moved, and is not told what is shown");
    }

    /// <summary>The run is over, nothing is under way, and all slices have ended in order.</summary>
    internal void Closed(IReadOnlyList<SliceCounters> counters)
    {
        long planned = world.Network.Schedule.Presentations;
        if (world.Network.Schedule.Evaluations.Count != 1)
            Violate($"the run ends after {planned} presentations without its evaluation");
        int applied = world.Interventions.Applied.Count;
        foreach (SimulatedSlice slice in world.Supervision.Directory.OfType<SimulatedSlice>())
        {
            if (slice.Host.Interventions != applied || (applied > 0 && slice.Host.Slice.LastTurn != applied))
                Violate($"{slice} has made {slice.Host.Interventions} of {applied} interventions");
        }

        foreach (SimulatedSlice slice in _actors)
            slice.Checks.Closed();
        foreach (LedgerEntry entry in ActorLedger.Close(Plan, counters, world.Coordinator.Pacing.ControlSent()))
        {
            long never = entry.Unaccounted + entry.RealLost;
            long dropped = _dropped.GetValueOrDefault(entry.Link);
            // What an incarnation that was lost had received is not known.
            if (_lost ? never < 0 : never != dropped)
                Violate($"the ledger does not close, with {dropped} dropped: {entry}");
        }
    }
}
