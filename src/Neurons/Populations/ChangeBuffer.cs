using Nudge.Signals;
using Nudge.State;

namespace Nudge.Populations;

/// <summary>
/// The receiving end of a source that sends changes only: each value is the newest that arrived of it. A message that an
/// earlier one overtook still brings the values that the later one did not carry.
/// </summary>
/// <param name="lanes">Number of lanes.</param>
/// <param name="values">Values of one frame.</param>
/// <param name="trace">Time constant with which values decay, in τ; 0 for none.</param>
internal sealed class ChangeBuffer(int lanes, int values, double trace) : IStateful
{
    // More are never under way to one slice between two of its steps but by a mistake.
    private const int MostWaiting = 1 << 20;

    private readonly ActivityTrace _trace = new(values, trace);
    private readonly long[] _sentAs = new long[values];
    private Waiting[] _waiting = [];
    private int _count;
    private int _incarnation;

    /// <summary>What arrived last of every value.</summary>
    internal ReadOnlySpan<float> Values => _trace.Values;

    internal bool HasPending => _count > 0;

    /// <summary>The newest of a tag and those of waiting messages.</summary>
    internal PhaseTag Newest(PhaseTag newest)
    {
        foreach (ref readonly Waiting waiting in _waiting.AsSpan(0, _count))
        {
            if (waiting.Signal.Tag.Phase > newest.Phase)
                newest = waiting.Signal.Tag;
        }

        return newest;
    }

    /// <summary>Lets time pass; whether any value may have changed.</summary>
    /// <param name="now">The receiver's time, in τ.</param>
    internal bool TryDecay(double now) => _trace.TryDecay(now);

    internal void Post(in ActivitySignal signal, double sent)
    {
        signal.Frame.Hold();
        if (_count == _waiting.Length)
            Array.Resize(ref _waiting, Math.Max(4, 2 * _count));
        _waiting[_count++] = new(signal, sent);
    }

    /// <summary>
    /// Takes in what waits and is not newer than a phase; gives the newest of it, or null if there was none.
    /// </summary>
    internal (ActivitySignal Signal, double Sent)? TakeIn(PhaseNumber upTo)
    {
        (ActivitySignal Signal, double Sent)? newest = null;
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            Waiting one = _waiting[i];
            if (one.Signal.Tag.Phase > upTo)
            {
                _waiting[kept++] = one;
                continue;
            }

            Merge(one.Signal);
            one.Signal.Frame.Release();
            if (newest is null || one.Signal.IsNewerThan(newest.Value.Signal.Incarnation, newest.Value.Signal.Sequence))
                newest = (one.Signal, one.Sent);
        }

        Array.Clear(_waiting, kept, _count - kept);
        _count = kept;
        return newest;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        _trace.DescribeValues(state, 1);
        state.Integers(2, _sentAs);
        state.Item(3, ref _incarnation);
        int count = state.Item(4, _count, "waiting");
        if (count is < 0 or > MostWaiting)
            throw state.Fault($"{count} messages wait; expected at most {MostWaiting}");
        if (state.IsRestoring)
            (_waiting, _count) = (new Waiting[count], count);
        state.List(5, "messages", count, k =>
        {
            ActivitySignal signal = state.Signal(1, _waiting[k].Signal, lanes, values, "signal");
            _waiting[k] = new(signal, state.Item(2, _waiting[k].Sent, "sent"));
        });
        _trace.DescribeTime(state, 6);
    }

    private void Merge(in ActivitySignal signal)
    {
        if (signal.Incarnation < _incarnation)
            return;
        if (signal.Incarnation > _incarnation)
        {
            _incarnation = signal.Incarnation;
            Array.Clear(_sentAs);
        }

        ReadOnlySpan<float> sent = signal.Frame.Values;
        Span<float> values = _trace.Values;
        for (int i = 0; i < values.Length; i++)
        {
            if (!signal.Frame.Carries(i) || _sentAs[i] >= signal.Sequence)
                continue;
            values[i] = sent[i];
            _sentAs[i] = signal.Sequence;
        }
    }

    private readonly record struct Waiting(ActivitySignal Signal, double Sent);
}
