using System.Runtime.CompilerServices;
using Nudge.Signals;

namespace Nudge.State;

/// <summary>
/// Signals in a state: messages under way belong to the state of a run. Each gives the signal that holds from now on
/// and ignores the one passed when restoring.
/// </summary>
public static class SignalState
{
    /// <summary>A phase's tag, which must be there when saving.</summary>
    /// <param name="state">The section.</param>
    /// <param name="tag">Its tag in the state.</param>
    /// <param name="value">The phase's tag.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="name">What a fault calls it.</param>
    public static PhaseTag Signal(
        this StateSection state,
        int tag,
        PhaseTag? value,
        int lanes,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        CheckSaved(state, value);
        state.Enter(tag, name);
        PhaseNumber phase = state.Item(1, value?.Phase ?? default, "phase");
        long stimulus = state.Item(2, value?.Stimulus ?? 0, "stimulus");
        float[] importance = state.NewFloats(3, value is null ? default : value.Importance, lanes, "importance");
        state.Leave();
        return state.IsRestoring ? new(phase, stimulus, importance) : value!;
    }

    /// <summary>A phase's tag, or none.</summary>
    /// <inheritdoc cref="Signal(StateSection, int, PhaseTag?, int, string)"/>
    public static PhaseTag? OptionalSignal(
        this StateSection state,
        int tag,
        PhaseTag? value,
        int lanes,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Present(tag, value is not null, name) ? state.Signal(tag, value, lanes, name) : null;
    }

    /// <summary>An activity signal with its values; a restored frame belongs to no pool.</summary>
    /// <param name="state">The section.</param>
    /// <param name="tag">Its tag in the state.</param>
    /// <param name="value">The signal.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="length">lanes × units of the sender.</param>
    /// <param name="name">What a fault calls it.</param>
    public static ActivitySignal Signal(
        this StateSection state,
        int tag,
        in ActivitySignal value,
        int lanes,
        int length,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        CheckSaved(state, value.Frame);
        state.Enter(tag, name);
        int source = state.Item(1, value.Source, "source");
        int incarnation = state.Item(2, value.Incarnation, "incarnation");
        long sequence = state.Item(3, value.Sequence, "sequence");
        PhaseTag phase = state.Signal(4, value.Tag, lanes, "tag");
        PhaseNumber below = state.Item(5, value.Below, "below");
        PhaseNumber above = state.Item(6, value.Above, "above");
        float[] frame = state.NewFloats(7, value.Frame is null ? default : value.Frame.Values, length, "frame");
        ActivityFrame? restored = state.IsRestoring ? ActivityFrame.Of(frame) : null;
        Carried(state, 8, value.Frame, restored, length);
        state.Leave();
        return restored is null ? value : new(source, incarnation, sequence, phase, below, above, restored);
    }

    private static void Carried(StateSection state, int tag, ActivityFrame? saved, ActivityFrame? restored, int length)
    {
        bool some = saved is not null && saved.Carried.Length > 0;
        if (!state.Has(tag) || !state.Present(tag, some, "carried"))
            return;
        long[] words = saved is not null && !state.IsRestoring ? [.. saved.Carried] : new long[ActivityFrame.WordsOf(length)];
        state.Integers(tag, words, "carried");
        restored?.Carry(words);
    }

    /// <summary>A control signal of a kind that the caller expects, or none.</summary>
    /// <param name="state">The section.</param>
    /// <param name="tag">Its tag in the state.</param>
    /// <param name="value">The signal.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="units">Units of the population that it is for.</param>
    /// <param name="name">What a fault calls it.</param>
    public static T? OptionalSignal<T>(
        this StateSection state,
        int tag,
        T? value,
        int lanes,
        int units,
        [CallerArgumentExpression(nameof(value))] string name = "")
        where T : ControlSignal
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.Present(tag, value is not null, name))
            return null;
        state.Enter(tag, name);
        ControlSignal signal = Control(state, value, lanes, units);
        T expected = signal as T
            ?? throw state.Fault($"holds a {signal.GetType().Name} where {typeof(T).Name} is expected");
        state.Leave();
        return expected;
    }

    private static ControlSignal Control(StateSection state, ControlSignal? value, int lanes, int units)
    {
        int saved = value switch { StimulusSignal => 1, NudgeSignal => 2, PhaseSignal => 3, _ => 0 };
        int kind = state.Item(1, saved, "kind");
        PhaseTag tag = state.Signal(2, value?.Tag, lanes, "tag");
        return kind switch
        {
            1 => Stimulus(state, value as StimulusSignal, tag, lanes * units),
            2 => Nudge(state, value as NudgeSignal, tag, lanes, units),
            3 => state.IsRestoring ? new PhaseSignal(tag) : value!,
            _ => throw state.Fault($"holds a control signal of unknown kind {kind}"),
        };
    }

    private static StimulusSignal Stimulus(StateSection state, StimulusSignal? value, PhaseTag tag, int length)
    {
        float[] values = state.NewFloats(3, value is null ? default : value.Values.Values, length, "values");
        return state.IsRestoring ? new(tag, ActivityFrame.Of(values)) : value!;
    }

    private static NudgeSignal Nudge(StateSection state, NudgeSignal? value, PhaseTag tag, int lanes, int units)
    {
        float[] targets = state.NewFloats(4, value is null ? default : value.Targets.Span, lanes * units, "targets");
        float[] strength = state.NewFloats(5, value is null ? default : value.Strength.Span, lanes, "strength");
        return state.IsRestoring ? new(tag, targets, strength) : value!;
    }

    private static void CheckSaved(StateSection state, object? value)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.IsRestoring)
            ArgumentNullException.ThrowIfNull(value);
    }
}
