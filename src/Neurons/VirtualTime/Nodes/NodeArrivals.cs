using Nudge.Signals;

namespace Nudge.VirtualTime.Nodes;

/// <summary>
/// What other nodes have sent of one branch. What a node awaits and what comes may be first in either order, since no node
/// waits for the calendar of another one.
/// </summary>
internal sealed class NodeArrivals
{
    private readonly object _gate = new();
    private readonly Dictionary<(int Slice, long Sequence), SentSignal> _awaited = [];
    private readonly Dictionary<(int Slice, long Sequence), ActivitySignal> _early = [];
    private readonly Dictionary<(int Slice, long Step), bool> _decisions = [];
    private Action _changed = () => { };

    /// <summary>Has an action called whenever a decision has come, or nothing is awaited any more.</summary>
    internal void OnChange(Action changed) => _changed = changed;

    /// <summary>Whether a signal is awaited that has not come.</summary>
    internal bool AreComplete
    {
        get
        {
            lock (_gate)
                return _awaited.Count == 0;
        }
    }

    /// <summary>A signal of a slice that is run elsewhere will be received here.</summary>
    internal void Await(int slice, SentSignal sent)
    {
        if (sent.IsReady)
            return;
        ActivitySignal early;
        lock (_gate)
        {
            if (!_early.Remove((slice, sent.Sequence), out early))
            {
                _awaited[(slice, sent.Sequence)] = sent;
                return;
            }
        }

        sent.Fill(early);
    }

    /// <summary>A signal has come.</summary>
    internal void Take(in ActivitySignal signal)
    {
        SentSignal? sent;
        bool complete;
        lock (_gate)
        {
            if (!_awaited.Remove((signal.Source, signal.Sequence), out sent))
            {
                _early[(signal.Source, signal.Sequence)] = signal;
                return;
            }

            complete = _awaited.Count == 0;
        }

        sent.Fill(signal);
        if (complete)
            _changed();
    }

    /// <summary>Whether a slice has sent changes at a step is known now.</summary>
    internal void Take(StepDecision decision)
    {
        lock (_gate)
            _decisions[(decision.Slice, decision.Step)] = decision.Sent;
        _changed();
    }

    /// <summary>Whether a slice has sent changes at a step, if that has come; it is forgotten then.</summary>
    internal bool TryTakeDecision(int slice, long step, out bool sent)
    {
        lock (_gate)
            return _decisions.Remove((slice, step), out sent);
    }
}
