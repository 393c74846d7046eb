using System.Globalization;
using System.Runtime.CompilerServices;
using Nudge.Actors;
using Nudge.Interventions;
using Nudge.Networks;

namespace Nudge.Simulation.Pacing;

/// <summary>What must hold of one incarnation of a slice, as far as the messages that it was told of can know.</summary>
internal sealed class SliceChecks
{
    private const double Tolerance = 1e-6;
    private const int AtLeast = 20;
    private readonly PacingWorld _world;
    private readonly SimulatedSlice _slice;
    private readonly Dictionary<int, (double Time, bool Awake)> _heard = [];
    private readonly HashSet<int> _unreachable = [];
    private readonly HashSet<int> _neighbours;
    private readonly long _stepsAhead;
    private bool _frozen;
    private bool _silent;
    private bool _active;
    private long _steps;
    private double _time;
    private int _made;
    private long _stepped;
    private long _keepAlives;
    private long _woken;
    private long _messages;

    internal SliceChecks(PacingWorld world, SimulatedSlice slice, bool fromStart)
    {
        _world = world;
        _slice = slice;
        NetworkPlan plan = world.Network.Plan;
        _stepsAhead = Math.Max(1, (long)Math.Round(world.Network.Settings.Lag / Step));
        _neighbours =
        [
            .. plan.LinksTo(slice.Plan).Select(link => link.Source.Index), .. plan.LinksFrom(slice.Plan).Select(link => link.Target.Index),
        ];
        foreach (int neighbour in _neighbours.Where(_ => fromStart))
            _heard[neighbour] = (0, true);
        world.Checks.Add(slice);
    }

    /// <summary>Messages that it sent, each receiver counted.</summary>
    internal long Sent { get; set; }

    /// <summary>Answers to activity that has not woken it.</summary>
    internal long Answers { get; set; }

    /// <summary>Whether the present message has made it step.</summary>
    internal bool HasStepped => _slice.Host.Slice.Steps > _steps;

    /// <summary>Whether it goes on by itself.</summary>
    internal bool IsActive => Active(_slice.Pacing);

    internal int Degree => _neighbours.Count + 1;

    private double Step => _world.Network.Plan.Settings.Time.Step;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(_slice.Host.Slice.Steps > _steps ? "steps" : "-")} at {_slice.Host.Lag.Time:0.##} τ in {_slice.Host.Slice.Tag.Phase.Number}{(Active(_slice.Pacing) ? " active" : "")}");

    /// <summary>It is about to take in a message.</summary>
    internal void Before(object message)
    {
        _active = Active(_slice.Pacing);
        _steps = _slice.Host.Slice.Steps;
        _made = _slice.Host.Interventions;
        switch (message)
        {
            case ActivityMessage activity:
                _messages++;
                _woken += activity.Awake ? 1 : 0;
                Hear(activity.Signal.Source, activity.Time, activity.Awake);
                break;
            case SliceTime time:
                _messages++;
                Hear(time.Slice, time.Time, time.Awake);
                break;
            case UnreachableSlices silent:
                _unreachable.UnionWith(silent.Slices);
                break;
            case Freeze freeze:
                _frozen = freeze.Frozen;
                break;
            case MakeInterventions interventions:
                AppliedIntervention[] applied = [.. interventions.Applied.Select(one => one.Read())];
                if (applied.Length >= _made)
                    _silent = NetworkConditions.After(_world.Network.Plan, applied).IsSilent(_slice.Plan.Population);
                break;
            case KeepAlive:
                _keepAlives++;
                break;
            default:
                break;
        }

        _time = _slice.Host.Lag.Time;
    }

    /// <summary>It has taken in a message.</summary>
    internal void After(object message)
    {
        if (_slice.Host.Interventions < _made)
            _world.Checks.Violate($"{_slice} has made fewer interventions than before");
        long stepped = _slice.Host.Slice.Steps - _steps;
        if (stepped == 0)
            return;
        _stepped += stepped;
        if (stepped > 1)
            _world.Checks.Violate($"{_slice} makes {stepped} steps for {message.GetType().Name}");
        if (_frozen)
            _world.Checks.Violate($"{_slice} steps at {message.GetType().Name} while it is to stand still");
        if (_silent)
            _world.Checks.Violate($"{_slice} steps at {message.GetType().Name} while its clock stands still");
        if (_active)
            CheckLag();
        else
            CheckCatchUp();
    }

    /// <summary>Its actor has been restarted.</summary>
    internal void Restarted() => _world.Trace($"{_slice} was restarted");

    /// <summary>The run is over.</summary>
    internal void Closed()
    {
        // Each step, keep-alive and question gives at most one message to each neighbour, and each message at most one answer.
        if (Sent > 1.5 * ((Degree * (_stepped + _keepAlives + AtLeast)) + _messages))
            _world.Checks.Violate($"{_slice} has sent {Sent} messages in {_stepped} steps, to {Degree} receivers, after {_messages} messages");
        if (Answers > _woken)
            _world.Checks.Violate($"{_slice} has answered {Answers} times, and was to answer {_woken} times");
        if (_stepped > 4 * ((_slice.Host.Lag.Time / Step) + AtLeast))
            _world.Checks.Violate($"{_slice} has made {_stepped} steps within {_slice.Host.Lag.Time:0.#} τ");
    }

    private void CheckLag()
    {
        foreach ((int neighbour, (double time, bool awake)) in _heard)
        {
            if (awake && !_unreachable.Contains(neighbour) && StepsIn(_time) + 1 > StepsIn(time) + _stepsAhead)
                _world.Checks.Violate($"{_slice} steps at {_time:0.##} τ and has last heard of {neighbour} at {time:0.##} τ");
        }
    }

    // In the steps that it left out nothing would have changed.
    private void CheckCatchUp()
    {
        double newest = _heard.Values.Select(heard => heard.Time).DefaultIfEmpty().Max();
        if (_slice.Host.Lag.Time < newest - Tolerance)
            _world.Checks.Violate($"{_slice} goes on at {_slice.Host.Lag.Time:0.##} τ after a rest, and has heard of {newest:0.##} τ");
    }

    private void Hear(int neighbour, double time, bool awake)
    {
        if (!_neighbours.Contains(neighbour))
            return;
        _heard[neighbour] = (time, awake);
        _unreachable.Remove(neighbour);
    }

    private long StepsIn(double time) => (long)Math.Floor((time / Step) + Tolerance);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_active")]
    private static extern ref bool Active(SlicePacing pacing);
}
