using Nudge.Actors;

namespace Nudge.Simulation.Pacing;

/// <content>How all stands still, and how a slice is handed over meanwhile.</content>
internal sealed partial class PacingSupervision
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(0.02);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private long _freezeRound;
    private long _orderedRound;
    private bool _orderedFrozen;
    private bool _standing;

    /// <summary>Whether all is to stand still, or does.</summary>
    internal bool IsStanding => _standing;

    /// <summary>Has all stand still for a while.</summary>
    internal void Freeze(TimeSpan length)
    {
        if (_standing)
            return;
        _standing = true;
        Change(frozen: true, () => _world.Time.In(length, Thaw));
    }

    /// <summary>Has all stand still, and hands one slice over to another process.</summary>
    internal void HandOver(int slice)
    {
        if (_standing)
            return;
        _standing = true;
        Change(frozen: true, () => WhenStill(_world.Time.Now + Patience, () =>
        {
            if (_directory[slice] is not { Ended: false } leaving || leaving.Process.IsStalled)
            {
                Thaw();
                return;
            }

            _world.Trace($"{leaving} is handed over");
            (byte[] state, SliceCounters counters) = leaving.EndInOrder();
            Closed.Add(counters);
            leaving.Process.Slices.Remove(leaving);
            _directory[slice] = null;
            ChangeDirectory();
            RenewUnreachable();
            _world.Time.In(_world.Draws.Seconds(0.005, 0.3), () => Start(slice, state));
            _world.Time.In(Poll, () => WhenAllFrozen(_freezeRound, Thaw));
        }));
    }

    /// <summary>Has all stand still for good.</summary>
    internal void FreezeAtEnd(Action then)
    {
        if (_standing)
            _world.Time.In(Poll, () => FreezeAtEnd(then));
        else
            Change(frozen: _standing = true, then);
    }

    private void Thaw() => Change(frozen: false, () => _standing = false);

    // The coordinator first, so that no phase begins while the slices stop.
    private void Change(bool frozen, Action then)
    {
        long round = ++_freezeRound;
        _world.Trace(frozen ? "all is to stand still" : "all is to go on");
        _world.Coordinator.Tell(new Freeze(frozen) { Round = round });
        When(() => _world.Coordinator.FreezeRound == round, () =>
        {
            (_orderedRound, _orderedFrozen) = (round, frozen);
            SendOrders();
            WhenAllFrozen(round, then);
        });
    }

    private void WhenAllFrozen(long round, Action then) =>
        When(() => AllUp && Array.TrueForAll(_directory, slice => slice!.FreezeRound >= round), then);

    private void WhenStill(TimeSpan latest, Action then) =>
        When(() => (_world.Connections.IsIdle && _world.Processes.TrueForAll(process => process.IsIdle)) || _world.Time.Now >= latest, then);

    private void When(Func<bool> holds, Action then)
    {
        if (holds())
            then();
        else
            _world.Time.In(Poll, () => When(holds, then));
    }
}
