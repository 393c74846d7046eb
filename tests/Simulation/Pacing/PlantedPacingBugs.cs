using System.Runtime.CompilerServices;
using Nudge.Actors;
using Nudge.Signals;

namespace Nudge.Simulation.Pacing;

/// <summary>
/// The bugs by which the simulator of pacing is judged: each is one that the machines had when they were first simulated, or that such
/// code tends to have. What no message shows is planted in the fields of the machines.
/// </summary>
internal static class PlantedPacingBugs
{
    internal static IReadOnlyDictionary<string, Func<PacingBug>> All { get; } = new Dictionary<string, Func<PacingBug>>
    {
        ["marks are sent once"] = () => new MarksOnce(),
        ["a slice that moved is not sent what is shown"] = () => new MovedWithoutProgram(),
        ["a slice that moved is not sent the interventions again"] = () => new MadeForEver(),
        ["reports of rest are sent once"] = () => new RestOnce(),
        ["a report of rest ends any phase"] = () => new RestOfAnyPhase(),
        ["a slice that goes on again does not report it"] = () => new MessageBug
        {
            Reported = message => message is RestReport { Resting: false } ? null : message,
        },
        ["the coordinator goes on while all stands still"] = () => new MessageBug
        {
            Reported = message => message is Freeze freeze ? freeze with { Frozen = false } : message,
        },
        ["interventions are sent once"] = () => new InterventionsOnce(),
        ["interventions are made in part"] = () => new MessageBug
        {
            Told = message => message is MakeInterventions { Applied.Count: > 1 } make
                ? make with { Applied = [.. make.Applied.Skip(1)] }
                : message,
        },
        ["unreachable slices are not told of"] = () => new MessageBug
        {
            Told = message => message is UnreachableSlices ? null : message,
        },
        ["the coordinator waits for unreachable slices"] = () => new MessageBug { Reported = message => message is UnreachableSlices ? null : message },
        ["nothing is repeated at keep-alives"] = () => new MessageBug { Told = message => message is KeepAlive ? null : message },
        ["a slice at rest answers nobody"] = () => new NoAnswerAtRest(),
        ["a slice at rest repeats itself at every keep-alive"] = () => new NoPause(),
        ["the catch-up after a rest is left out"] = () => new NoCatchUp(),
        ["a slice makes one more step when it is to stand still"] = () => new StepsOnceMore(),
        ["a clock that stands still makes one more step"] = () => new SilentStep(),
        ["who has been answered is answered again"] = () => new AnswersAgain(),
        ["a network without news never becomes quiet"] = () => new NeverQuiet(),
        ["a network without news is quiet at once"] = () => new QuietAtOnce(),
        ["a slice that is restarted goes on while all stands still"] = () => new ForgetsFrozen(),
        ["a clock that stands still tells nobody"] = () => new SilentTellsNobody(),
        ["credits are not given"] = () => new MessageBug { Sent = message => message is Credit ? null : message },
        ["lost activity is not asked for"] = () => new MessageBug { Sent = message => message is AskActivity ? null : message },
        ["a slice may run ahead by twice the lag"] = () => new TwiceTheLag(),
        ["a slice that moves before the first phase is forgotten"] = () => new EarlyMove(),
    };

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_due")]
    private static extern ref bool Due(SlicePacing pacing);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_unanswered")]
    private static extern ref HashSet<int> Unanswered(SlicePacing pacing);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_repeat")]
    private static extern ref RepeatPause Repeat(SlicePacing pacing);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_quiet")]
    private static extern ref int Quiet(PhasePacing pacing);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_lag")]
    private static extern ref long StepsAhead(LagBound lag);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Time")]
    private static extern void SetTime(LagBound lag, double time);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_IsSilent")]
    private static extern void SetSilent(SliceHost host, bool silent);

    private static void StepAllTheSame(SimulatedSlice slice)
    {
        Due(slice.Pacing) = true;
        slice.Pacing.OnStep();
    }

    /// <summary>One that changes messages, whatever came before.</summary>
    private sealed class MessageBug : PacingBug
    {
        internal Func<object, object?> Told { get; init; } = message => message;

        internal Func<object, object?> Sent { get; init; } = message => message;

        internal Func<object, object?> Reported { get; init; } = message => message;

        internal override object? ToSlice(SimulatedSlice slice, object message) => Told(message);

        internal override object? FromSlice(SimulatedSlice slice, object message) => Sent(message);

        internal override object? ToCoordinator(SimulatedCoordinator coordinator, object message) => Reported(message);
    }

    private sealed class MarksOnce : PacingBug
    {
        private readonly HashSet<(int, PhaseNumber)> _sent = [];

        internal override object? FromCoordinator(int slice, object message) =>
            message is PhaseMark mark && !_sent.Add((slice, mark.Phase)) ? null : message;
    }

    private sealed class MovedWithoutProgram : PacingBug
    {
        private int _moving = -1;

        internal override object? ToCoordinator(SimulatedCoordinator coordinator, object message)
        {
            _moving = message is SimulatedMove moved ? moved.Slice : -1;
            return message;
        }

        internal override object? FromCoordinator(int slice, object message) =>
            slice == _moving && message is ControlMessage or PhaseMark ? null : message;
    }

    private sealed class MadeForEver : PacingBug
    {
        private readonly Dictionary<int, int> _made = [];

        internal override object? ToCoordinator(SimulatedCoordinator coordinator, object message)
        {
            if (message is InterventionsMade made)
                _made[made.Slice] = made.Count;
            return message;
        }

        internal override object? FromCoordinator(int slice, object message) =>
            message is MakeInterventions make && _made.GetValueOrDefault(slice) >= make.Applied.Count ? null : message;
    }

    private sealed class InterventionsOnce : PacingBug
    {
        private readonly HashSet<(int, int)> _sent = [];

        internal override object? FromCoordinator(int slice, object message) =>
            message is MakeInterventions make && !_sent.Add((slice, make.Applied.Count)) ? null : message;
    }

    private sealed class RestOnce : PacingBug
    {
        private readonly Dictionary<SimulatedSlice, bool> _sent = [];

        internal override object? FromSlice(SimulatedSlice slice, object message)
        {
            if (message is not RestReport rest)
                return message;
            bool again = rest.Resting && _sent.GetValueOrDefault(slice);
            _sent[slice] = rest.Resting;
            return again ? null : message;
        }
    }

    private sealed class RestOfAnyPhase : PacingBug
    {
        internal override object? ToCoordinator(SimulatedCoordinator coordinator, object message) =>
            message is RestReport { Resting: true } rest && coordinator.World.Network.Schedule.Present is { } present
                ? rest with { Phase = present.Phase }
                : message;
    }

    private sealed class NoAnswerAtRest : PacingBug
    {
        internal override object? FromSlice(SimulatedSlice slice, object message) =>
            message is SliceTime { Awake: false } && !slice.Checks.IsActive ? null : message;
    }

    private sealed class NoPause : PacingBug
    {
        internal override object? ToSlice(SimulatedSlice slice, object message)
        {
            if (message is KeepAlive)
                Repeat(slice.Pacing).Shorten();
            return message;
        }
    }

    private sealed class NoCatchUp : PacingBug
    {
        private double _time;
        private bool _active;

        internal override object? ToSlice(SimulatedSlice slice, object message)
        {
            (_time, _active) = (slice.Host.Lag.Time, slice.Checks.IsActive);
            return message;
        }

        internal override void After(SimulatedSlice slice, object message)
        {
            if (!_active && slice.Checks.HasStepped)
                SetTime(slice.Host.Lag, _time + (slice.Checks.IsActive ? slice.Host.Elapsed : 0));
        }
    }

    private sealed class StepsOnceMore : PacingBug
    {
        internal override void After(SimulatedSlice slice, object message)
        {
            if (message is not Freeze { Frozen: true })
                return;
            slice.Host.IsFrozen = false;
            StepAllTheSame(slice);
            slice.Host.IsFrozen = true;
        }
    }

    private sealed class SilentStep : PacingBug
    {
        internal override void After(SimulatedSlice slice, object message)
        {
            if (message is not MakeInterventions || !slice.Host.IsSilent)
                return;
            SetSilent(slice.Host, false);
            StepAllTheSame(slice);
            SetSilent(slice.Host, true);
        }
    }

    private sealed class AnswersAgain : PacingBug
    {
        private readonly HashSet<int> _before = [];

        internal override object? ToSlice(SimulatedSlice slice, object message)
        {
            _before.Clear();
            _before.UnionWith(Unanswered(slice.Pacing));
            return message;
        }

        internal override void After(SimulatedSlice slice, object message) => Unanswered(slice.Pacing).UnionWith(_before);
    }

    private sealed class NeverQuiet : PacingBug
    {
        internal override void After(SimulatedCoordinator coordinator, object message) => Quiet(coordinator.Pacing) = 0;
    }

    private sealed class QuietAtOnce : PacingBug
    {
        internal override object? ToCoordinator(SimulatedCoordinator coordinator, object message)
        {
            Quiet(coordinator.Pacing) = 100;
            return message;
        }
    }

    private sealed class ForgetsFrozen : PacingBug
    {
        internal override void Restarted(SimulatedSlice slice) => slice.Host.IsFrozen = false;
    }

    private sealed class SilentTellsNobody : PacingBug
    {
        internal override object? FromSlice(SimulatedSlice slice, object message) =>
            message is SliceTime && slice.Host.IsSilent ? null : message;
    }

    private sealed class TwiceTheLag : PacingBug
    {
        private readonly HashSet<SimulatedSlice> _changed = [];

        internal override object? ToSlice(SimulatedSlice slice, object message)
        {
            if (_changed.Add(slice))
                StepsAhead(slice.Host.Lag) *= 2;
            return message;
        }
    }

    private sealed class EarlyMove : PacingBug
    {
        private bool _begun;

        internal override object? ToCoordinator(SimulatedCoordinator coordinator, object message)
        {
            _begun |= message is SimulatedBegin;
            return message is SimulatedMove && !_begun ? null : message;
        }
    }
}
