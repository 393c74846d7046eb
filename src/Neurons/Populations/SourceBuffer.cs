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
internal sealed class SourceBuffer(SlicePlan source, int lanes) : IStateful
{
    private ActivitySignal _waiting;
    private ActivityFrame? _taken;
    private int _incarnation;
    private long _sequence;
    private ReceiveCounters _counters;
    private double _waitingSince;
    private double _inUseSince;

    internal bool HasPending { get; private set; }

    internal PhaseTag WaitingTag => _waiting.Tag;

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
        if (!signal.IsNewerThan(_incarnation, _sequence))
        {
            _counters.Superseded++;
            return;
        }

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

    internal void TakeIn(SynapseGroup synapses)
    {
        // The very same frame again is an activity that stands still: nothing to copy or compare.
        if (!ReferenceEquals(_waiting.Frame, _taken))
        {
            ReadOnlySpan<float> values = _waiting.Frame.Values;
            int size = values.Length / source.Population.Channels;
            synapses.Store(source.First, source.Count, values.Slice(synapses.Projection.Channel * size, size));
        }

        _taken?.Release();
        _taken = _waiting.Frame;
        Tag = _waiting.Tag;
        Below = _waiting.Below;
        Above = _waiting.Above;
        HasPending = false;
        _inUseSince = _waitingSince;
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
    }
}
