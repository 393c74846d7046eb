using Nudge.Links;
using Nudge.Signals;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Populations;

/// <summary>
/// What one slice has received from another. Messages wait here until the next step; only the newest counts, as
/// activity is a state and not an event.
/// </summary>
internal sealed class SourceBuffer(SlicePlan source, int lanes, SendSettings send) : IStateful
{
    private readonly ChangeBuffer? _changes =
        send.When == SendWhen.Change ? new(lanes, lanes * source.Values, send.Trace) : null;

    private ActivitySignal _waiting;
    private ActivityFrame? _taken;
    private int _incarnation;
    private long _sequence;
    private ReceiveCounters _counters;
    private double _waitingSince;
    private double _inUseSince;
    private (int Incarnation, long Sequence) _marksOf;

    private bool HasPending { get; set; }

    /// <summary>The phase in which the activity was sent that is in use, or null before any.</summary>
    internal PhaseTag? Tag { get; private set; }

    internal PhaseNumber Below { get; private set; }

    internal PhaseNumber Above { get; private set; }

    internal ReceiveCounters Counts => _counters;

    /// <summary>How long ago what is in use was sent, in τ of the receiver's time.</summary>
    internal double Age(double now) => now - _inUseSince;

    internal void Post(in ActivitySignal signal, PhaseNumber receiversPhase, double sent)
    {
        _counters.Delivered++;
        if (signal.Tag.Phase < receiversPhase)
            _counters.Late++;
        bool isNewer = signal.IsNewerThan(_incarnation, _sequence);
        if (!isNewer)
            _counters.Superseded++;
        if (_changes is not null)
        {
            _changes.Post(signal, sent);
            if (isNewer)
                (_incarnation, _sequence) = (signal.Incarnation, signal.Sequence);
            return;
        }

        if (!isNewer)
            return;

        signal.Frame.Hold();
        if (HasPending)
        {
            _counters.Superseded++;
            _waiting.Frame.Release();
        }

        _waiting = signal;
        _waitingSince = sent;
        _incarnation = signal.Incarnation;
        _sequence = signal.Sequence;
        HasPending = true;
    }

    /// <summary>The newest of a tag and those of waiting messages.</summary>
    internal PhaseTag NewestWaiting(PhaseTag newest)
    {
        if (_changes is not null)
            return _changes.Newest(newest);
        return HasPending && _waiting.Tag.Phase > newest.Phase ? _waiting.Tag : newest;
    }

    /// <summary>Takes in what waits and is not newer than a phase.</summary>
    /// <param name="synapses">The synapses that it is for.</param>
    /// <param name="upTo">The phase.</param>
    /// <param name="now">The receiver's time, in τ.</param>
    internal void TakeIn(SynapseGroup synapses, PhaseNumber upTo, double now)
    {
        if (_changes is not null)
            TakeInChanges(_changes, synapses, upTo, now);
        else if (HasPending && _waiting.Tag.Phase <= upTo)
            TakeInWaiting(synapses);
    }

    private void TakeInChanges(ChangeBuffer changes, SynapseGroup synapses, PhaseNumber upTo, double now)
    {
        // Before what is new, which has not decayed yet.
        bool decayed = changes.TryDecay(now);
        (ActivitySignal Signal, double Sent)? taken = changes.TakeIn(upTo);
        if (decayed || taken is not null)
            Store(synapses, changes.Values);
        if (taken is not { } newest)
            return;
        // What was overtaken brings values, but what it says of the phase is out of date.
        if (!newest.Signal.IsNewerThan(_marksOf.Incarnation, _marksOf.Sequence))
            return;
        _marksOf = (newest.Signal.Incarnation, newest.Signal.Sequence);
        Adopt(newest.Signal, newest.Sent);
    }

    private void Store(SynapseGroup synapses, ReadOnlySpan<float> values)
    {
        int size = values.Length / source.Population.Channels;
        synapses.Store(source.First, source.Count, values.Slice(synapses.Projection.Channel * size, size));
    }

    private void Adopt(in ActivitySignal signal, double sent)
    {
        Tag = signal.Tag;
        Below = signal.Below;
        Above = signal.Above;
        _inUseSince = sent;
    }

    private void TakeInWaiting(SynapseGroup synapses)
    {
        // The very same frame again is an activity that stands still: nothing to copy or compare.
        if (!ReferenceEquals(_waiting.Frame, _taken))
            Store(synapses, _waiting.Frame.Values);
        _taken?.Release();
        _taken = _waiting.Frame;
        HasPending = false;
        Adopt(_waiting, _waitingSince);
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.Item(1, ref _incarnation);
        state.Item(2, ref _sequence);
        Tag = state.OptionalSignal(3, Tag, lanes);
        Below = state.Item(4, Below);
        Above = state.Item(5, Above);
        state.Section(6, "counters", ref _counters);
        state.Item(7, ref _inUseSince);
        state.Item(8, ref _waitingSince);
        HasPending = state.Present(9, HasPending, "waiting");
        if (HasPending)
            _waiting = state.Signal(9, _waiting, lanes, lanes * source.Values);
        if (state.IsRestoring)
            _taken = null;
        if (_changes is null)
            return;
        state.Section(10, "changes", _changes);
        _marksOf = (state.Item(11, _marksOf.Incarnation, "marks' incarnation"), state.Item(12, _marksOf.Sequence, "marks' sequence"));
    }
}
