using Nudge.Interventions;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Signals;

namespace Nudge.Actors;

/// <summary>Asks the coordinator how many messages it sent on each channel; answered by a list of counts.</summary>
internal sealed record AskControl;

/// <summary>The coordinator's end of the control channels: sends, and sends again what is not acknowledged in time.</summary>
internal sealed class ControlSender(NetworkPlan network)
{
    private readonly IReadOnlyList<ControlPlan> _plans = ControlPlan.Of(network);
    private readonly Dictionary<int, ControlSignal> _awaited = [];
    private readonly long[] _sent = new long[ControlPlan.Of(network).Count];
    private readonly double _retryAfter = network.Settings.Links.Control.RetryAfter;
    private NetworkConditions? _conditions;
    private double _sinceSent;

    /// <summary>Whether it sends again what is not acknowledged, and so must be told how time passes.</summary>
    internal bool Retries => _plans.Any(RetriesOn);

    /// <summary>The conditions that hold from now on; where messages may be lost, they are sent again.</summary>
    internal void Use(NetworkConditions conditions) => _conditions = conditions;

    internal IReadOnlyList<long> Sent() => [.. _sent];

    internal void Send(PhaseProgram program, IPhaseEffects effects)
    {
        _awaited.Clear();
        _sinceSent = 0;
        foreach (ControlPlan plan in _plans)
        {
            ControlSignal signal = SignalOf(plan, program);
            if (RetriesOn(plan))
                _awaited[plan.Index] = signal;
            Send(plan, signal, effects);
        }
    }

    /// <summary>Sends one slice what is shown: it has not received it in this incarnation.</summary>
    internal void Send(PhaseProgram program, IPhaseEffects effects, int slice)
    {
        foreach (ControlPlan plan in _plans.Where(plan => plan.Target.Index == slice))
            Send(plan, SignalOf(plan, program), effects);
    }

    /// <summary>Nothing is shown any more.</summary>
    internal void End() => _awaited.Clear();

    internal void Acknowledge(Acknowledgement acknowledgement)
    {
        if (_awaited.TryGetValue(acknowledgement.Channel, out ControlSignal? signal) && signal.Tag.Phase == acknowledgement.Phase)
            _awaited.Remove(acknowledgement.Channel);
    }

    /// <summary>Lets the coordinator's own time pass.</summary>
    internal void Elapse(double tau, IPhaseEffects effects)
    {
        _sinceSent += tau;
        if (_awaited.Count > 0 && _sinceSent >= _retryAfter)
            Retry(effects);
    }

    internal void Retry(IPhaseEffects effects)
    {
        _sinceSent = 0;
        foreach ((int channel, ControlSignal signal) in _awaited)
            Send(_plans[channel], signal, effects);
    }

    private bool RetriesOn(ControlPlan plan) =>
        plan.Retries || (plan.MayRetry && _conditions is not null && _conditions.Of(plan).Loses);

    private static ControlSignal SignalOf(ControlPlan plan, PhaseProgram program) => plan.Kind switch
    {
        ControlKind.Stimulus => program.Stimulus,
        ControlKind.Nudge => program.Target!,
        _ => new PhaseSignal(program.Tag),
    };

    private void Send(ControlPlan plan, ControlSignal signal, IPhaseEffects effects) =>
        effects.ToSlice(plan.Target.Index, new ControlMessage(plan.Index, _sent[plan.Index]++, signal));
}
