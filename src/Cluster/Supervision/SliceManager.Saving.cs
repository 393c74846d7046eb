using Nudge.Actors;
using Nudge.Messages;
using Nudge.Store;
using static Nudge.Supervision.ManagerEffect;

namespace Nudge.Supervision;

/// <content>
/// How incarnations are saved and end. A slice takes its snapshots independently of all others: there is no barrier,
/// and no two need be of one moment.
/// </content>
internal sealed partial class SliceManager
{
    // With more, a middling slice is copied beside a large one, and the two are the node's peak.
    private const long RoomForCopies = 8 << 20;

    /// <summary>A supervisor hands the slices over with nothing under way; without one they are saved as they are.</summary>
    private static readonly TimeSpan LeaveAloneAfter = TimeSpan.FromSeconds(10);
    /// <summary>A store that stays away does not keep slices of a run that is over for ever.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private readonly SaveTurns _turns = new(RoomForCopies);
    private TimeSpan? _leaveAloneAt;
    private TimeSpan? _giveUpAt;
    private bool _leaving;
    private bool _finishing;
    private bool _alone;

    private void Save(HostedSlice slice)
    {
        slice.SaveAt = _now + _settings.SaveEvery!.Value;
        // A store that is slower than the interval gets no queue.
        if (slice.StoreFailures == 0 && !_turns.Knows(slice.Of.Slice))
            AskTurn(slice);
    }

    private void AskTurn(HostedSlice slice) => _turns.Ask(slice.Of.Slice, _settings.Bytes[slice.Of.Slice]);

    /// <summary>A slice whose turn it is sends its state, for the last time where the node gives it up.</summary>
    private void TakeTurns()
    {
        while (_turns.TryTake(out int index))
        {
            if (!_slices.TryGetValue(index, out HostedSlice? slice) || slice.State is not (HostedState.Up or HostedState.Ending))
                _turns.GiveBack(index);
            else
                _effects.Add(new ToSlice(slice.Of, _finishing ? new AskEnd() : new AskSnapshot()));
        }
    }

    private void TakeFromStore(HostedSlice slice, object message)
    {
        switch (message)
        {
            case SliceRestored restored when slice.State == HostedState.Opening:
                Start(slice, restored);
                break;
            case SliceKept:
                slice.Saving = false;
                GiveBack(slice);
                if (slice.Waiting is { } waiting)
                    KeepWhenFree(slice, waiting);
                else if (slice.Ending is not null)
                    CloseInOrder(slice);
                break;
            case StoreFailed failed:
                GoOnWithoutStore(slice, failed);
                break;
            case StoreReopened:
                _effects.Add(new Warn($"slice {slice.Of.Slice}: the store is open again"));
                slice.StoreFailures = 0;
                if (slice.Waiting is { } unkept)
                    KeepWhenFree(slice, unkept);
                break;
            case SliceFenced fenced:
                Drop(slice, fenced.Reason);
                break;
            default:
                break;
        }
    }

    private void GiveBack(HostedSlice slice)
    {
        _effects.Add(new Release(slice.Written));
        slice.Written = default;
        _turns.GiveBack(slice.Of.Slice);
    }

    private void KeepWhenFree(HostedSlice slice, SliceSnapshot snapshot)
    {
        if (slice.Saving || slice.StoreFailures > 0)
        {
            if (slice.Waiting is { } replaced && !replaced.State.Equals(snapshot.State))
                _effects.Add(new Release(replaced.State));
            slice.Waiting = snapshot;
            return;
        }

        slice.Waiting = null;
        if (!Keeps)
        {
            _effects.Add(new Release(snapshot.State));
            CloseInOrder(slice);
            return;
        }

        slice.Saving = true;
        slice.Written = snapshot.State;
        _effects.Add(new Keep(slice.Of, snapshot.State));
    }

    /// <summary>A slice learns on without its store, which is opened again after ever longer pauses.</summary>
    private void GoOnWithoutStore(HostedSlice slice, StoreFailed failed)
    {
        if (slice.StoreFailures++ == 0)
            _effects.Add(new Warn($"slice {failed.Slice}: {failed.Reason}; it goes on unsaved, and the store is tried again"));
        bool wrote = slice.Saving;
        slice.Saving = false;
        // The last state of an incarnation is written again; of others a newer one comes.
        if (slice.Ending is { } ending && wrote)
            slice.Waiting ??= new(slice.Of.Slice, slice.Written) { Counters = ending };
        else
            GiveBack(slice);
        slice.Written = default;
        TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(slice.StoreFailures - 1, 10));
        slice.ReopenAt = _now + (pause < LongestPause ? pause : LongestPause);
    }

    private void Reopen(HostedSlice slice)
    {
        slice.ReopenAt = null;
        _effects.Add(new OpenStore(slice.Of, slice.State == HostedState.Opening ? 0 : slice.Incarnation));
    }

    /// <summary>Ends all slices in order: each is saved as it is then, and its counters are closed.</summary>
    /// <param name="alone">Whether no orders will confirm that the counters have arrived.</param>
    private void Finish(bool alone)
    {
        _alone |= alone;
        _leaveAloneAt = null;
        if (_finishing)
            return;
        _finishing = true;
        _giveUpAt = _now + GiveUpAfter;
        _reportDue = true;
        foreach (HostedSlice slice in _slices.Values.ToArray())
        {
            slice.SaveAt = TimeSpan.MaxValue;
            if (slice.State == HostedState.Up)
                AskTurn(slice);
            else if (slice.State != HostedState.Ending)
                Remove(slice);
        }
    }

    private void GiveUp()
    {
        _giveUpAt = null;
        foreach (HostedSlice slice in _slices.Values.Where(slice => !slice.Ended).ToArray())
        {
            _effects.Add(new Warn($"slice {slice.Of.Slice}: its last state could not be saved within {GiveUpAfter.TotalSeconds:0} s"));
            Remove(slice);
        }

        _alone = true;
    }

    private void CloseInOrder(HostedSlice slice)
    {
        if (slice.Ending is null || slice.Ended)
            return;
        Close(slice);
        slice.State = HostedState.Ending;
        slice.Ended = true;
        _reportDue = true;
        if (_alone)
            Confirm(slice);
    }

    // The counters are sent once: no orders confirm that they have arrived.
    private void Confirm(HostedSlice slice)
    {
        _effects.Add(new ToSupervisor(new SliceCounted(
            _settings.Run, _settings.Epoch, slice.Of.Attempt, 0, Ended: true, slice.Ending!)));
        _slices.Remove(slice.Of.Slice);
    }

    private void EndIfDone()
    {
        if (!_finishing)
            return;
        if (_alone)
        {
            foreach (HostedSlice slice in _slices.Values.Where(slice => slice.Ended || slice.State == HostedState.Gone).ToArray())
            {
                if (slice.Ended)
                    Confirm(slice);
                else
                    Remove(slice);
            }
        }

        if (_slices.Count > 0)
            return;
        _over = true;
        if (_orders is not null)
            _effects.Add(new ToSupervisor(Report(manager: "")));
        _effects.Add(new End());
    }
}
