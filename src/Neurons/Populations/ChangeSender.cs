using Nudge.Links;
using Nudge.Signals;
using Nudge.State;

namespace Nudge.Populations;

/// <summary>
/// Decides what a slice sends that sends changes only: a value is carried once it differs by the threshold from what was
/// last sent of it. A new phase or mark is a change too. Whether anything arrived is not known here.
/// </summary>
/// <param name="settings">Threshold, keep-alive and trace.</param>
/// <param name="values">Values of one frame.</param>
internal sealed class ChangeSender(SendSettings settings, int values) : IStateful
{
    private readonly float _threshold = (float)settings.Threshold;
    private readonly float[] _present = new float[values];
    private readonly ActivityTrace _sent = new(values, settings.Trace);
    private readonly long[] _carried = new long[ActivityFrame.WordsOf(values)];
    private (PhaseNumber Phase, PhaseNumber Below, PhaseNumber Above) _marks;
    private double _allSentAt;
    private bool _begun;
    private bool _asked;

    /// <summary>Where the present values are put before <see cref="IsDue"/> is asked.</summary>
    internal Span<float> Present => _present;

    /// <summary>At the next step all values are due, since a receiver has missed some.</summary>
    internal void AskForAll() => _asked = true;

    /// <summary>Whether there is anything to send.</summary>
    /// <param name="phase">The phase that the slice is in.</param>
    /// <param name="below">Its mark from below.</param>
    /// <param name="above">Its mark from above.</param>
    /// <param name="now">The slice's own time, in τ.</param>
    internal bool IsDue(PhaseNumber phase, PhaseNumber below, PhaseNumber above, double now)
    {
        bool all = !_begun || _asked || (settings.KeepAlive > 0 && now - _allSentAt >= settings.KeepAlive);
        bool due = all || _marks != (phase, below, above);
        Array.Clear(_carried);
        _sent.TryDecay(now);
        Span<float> sent = _sent.Values;
        for (int i = 0; i < _present.Length; i++)
        {
            float change = Math.Abs(_present[i] - sent[i]);
            if (!all && (change < _threshold || change == 0))
                continue;
            _carried[i >> 6] |= 1L << (i & 63);
            sent[i] = _present[i];
            due = true;
        }

        if (!due)
            return false;
        _marks = (phase, below, above);
        _begun = true;
        _asked = false;
        if (all)
            _allSentAt = now;
        return true;
    }

    /// <summary>Fills a frame with what is due.</summary>
    internal void Fill(ActivityFrame frame)
    {
        _present.CopyTo(frame.Writable);
        frame.Carry(_carried);
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        _sent.DescribeValues(state, 1);
        (PhaseNumber phase, PhaseNumber below, PhaseNumber above) = _marks;
        _marks = (state.Item(2, phase), state.Item(3, below), state.Item(4, above));
        state.Item(5, ref _allSentAt);
        state.Item(6, ref _begun);
        if (state.Has(7))
            state.Item(7, ref _asked);
        _sent.DescribeTime(state, 8);
    }
}
