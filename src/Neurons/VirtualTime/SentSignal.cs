using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>
/// One activity signal from the moment at which it is known that it is sent until its last copy has ended. Its number is
/// known at once; what it carries is known once its sender has made the step, which may be later where slices run on several
/// loops. One from a pool returns there when its last holder releases it; one without is left to the garbage collector.
/// </summary>
internal sealed class SentSignal
{
    private readonly SentSignalPool? _pool;
    private ActivitySignal _signal;
    private Action? _onReady;
    private volatile bool _isReady;
    private int _holders;

    private SentSignal(SentSignalPool? pool) => _pool = pool;

    /// <summary>The sender's own count of sends.</summary>
    internal long Sequence { get; private set; }

    /// <summary>Numbers of the nodes that it is known to go to, a bit each.</summary>
    internal ulong Nodes { get; set; }

    /// <summary>Whether the signal can be read.</summary>
    internal bool IsReady => _isReady;

    /// <summary>What was sent; only once it is ready.</summary>
    internal ref readonly ActivitySignal Signal => ref _signal;

    /// <summary>A signal whose sender has not made the step yet.</summary>
    /// <param name="sequence">The number that it will have.</param>
    internal static SentSignal Promised(long sequence) => new(null) { Sequence = sequence };

    /// <summary>A signal that no pool owns.</summary>
    internal static SentSignal Of(in ActivitySignal signal)
    {
        SentSignal sent = Promised(signal.Sequence);
        sent.Fill(signal);
        return sent;
    }

    /// <summary>A new one for a pool.</summary>
    internal static SentSignal For(SentSignalPool pool) => new(pool);

    /// <summary>Gives it what it carries; actions that wait for that are called on this thread.</summary>
    internal void Fill(in ActivitySignal signal)
    {
        Sequence = signal.Sequence;
        if (_pool is not null)
        {
            _signal = signal;
            _isReady = true;
            signal.Frame.Hold();
            return;
        }

        Action? onReady;
        lock (this)
        {
            _signal = signal;
            _isReady = true;
            (onReady, _onReady) = (_onReady, null);
        }

        onReady?.Invoke();
    }

    /// <summary>Has an action called as soon as the signal is ready; false where it is ready already.</summary>
    internal bool TryAwait(Action onReady)
    {
        if (_isReady)
            return false;
        lock (this)
        {
            if (_isReady)
                return false;
            _onReady += onReady;
            return true;
        }
    }

    /// <summary>Adds a holder.</summary>
    internal void Hold()
    {
        if (_pool is not null)
            _holders++;
    }

    /// <summary>Removes a holder.</summary>
    internal void Release()
    {
        if (_pool is null || --_holders != 0)
            return;
        _signal.Frame.Release();
        _signal = default;
        _pool.Return(this);
    }
}

/// <summary>Signals for one thread, so that a message allocates nothing.</summary>
internal sealed class SentSignalPool
{
    private readonly Stack<SentSignal> _free = new();

    /// <summary>A signal without a holder.</summary>
    internal SentSignal Take(in ActivitySignal signal)
    {
        SentSignal sent = _free.TryPop(out SentSignal? free) ? free : SentSignal.For(this);
        sent.Fill(signal);
        return sent;
    }

    internal void Return(SentSignal sent) => _free.Push(sent);
}

/// <summary>Sent signals in states.</summary>
internal static class SentSignalState
{
    private const int NotReady = -1;

    /// <summary>
    /// A signal that was sent and has not ended; gives the one that holds from now on. Of one that is not ready, as when its
    /// sender is run elsewhere, only the number is kept, so that it is not ready again.
    /// </summary>
    /// <param name="state">The section.</param>
    /// <param name="tag">Its tag in the state.</param>
    /// <param name="sent">The signal; ignored when restoring.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="source">The slice that sent it.</param>
    /// <param name="restored">Those restored so far: all messages of one signal share it, as before they were saved.</param>
    internal static SentSignal Sent(
        this StateSection state,
        int tag,
        SentSignal? sent,
        int lanes,
        SlicePlan source,
        Dictionary<(int Source, long Sequence), SentSignal> restored)
    {
        int values = lanes * source.Values;
        ActivitySignal signal = sent switch
        {
            null => default,
            { IsReady: true } => sent.Signal,
            _ => new(source.Index, NotReady, sent.Sequence, PhaseTag.Before(lanes), default, default, ActivityFrame.Of(new float[values])),
        };
        signal = state.Signal(tag, signal, lanes, values);
        if (!state.IsRestoring)
            return sent!;
        if (!restored.TryGetValue((source.Index, signal.Sequence), out SentSignal? shared))
        {
            shared = signal.Incarnation == NotReady ? SentSignal.Promised(signal.Sequence) : SentSignal.Of(signal);
            restored.Add((source.Index, signal.Sequence), shared);
        }

        return shared;
    }
}
