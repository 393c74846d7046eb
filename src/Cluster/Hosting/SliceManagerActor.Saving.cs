using Akka.Actor;
using Akka.Event;
using Nudge.Actors;
using Nudge.Messages;
using Nudge.Placement;
using Nudge.State;
using Nudge.Store;

namespace Nudge.Hosting;

/// <content>
/// How incarnations are saved and end. A slice takes its snapshots independently of all others: there is no barrier,
/// and no two need be of one moment.
/// </content>
internal sealed partial class SliceManagerActor
{
    // With more, a middling slice is copied beside a large one, and the two are the node's peak.
    private const long RoomForCopies = 8 << 20;
    private static readonly TimeSpan RetireWithin = TimeSpan.FromSeconds(10);
    private readonly SaveTurns _turns = new(RoomForCopies);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private sealed record RetireAlone;

    private sealed record ReopenStore(int Slice);

    private void OnSaving(object message)
    {
        switch (message)
        {
            case SaveDue due:
                // A store that is slower than the interval gets no queue.
                if (_slices.TryGetValue(due.Slice, out HostedSlice? saved) && saved.StoreFailures == 0 && !_turns.Knows(due.Slice))
                    _turns.Ask(due.Slice, BytesOf(due.Slice));
                break;
            case SliceSnapshot snapshot when _slices.TryGetValue(snapshot.Slice, out HostedSlice? slice):
                slice.Ending = snapshot.Counters;
                Keep(slice, snapshot);
                break;
            case SliceKept kept when _slices.TryGetValue(kept.Slice, out HostedSlice? slice):
                slice.Saving = false;
                StateBytes.GiveBack(slice.Written);
                slice.Written = default;
                _turns.GiveBack(kept.Slice);
                if (slice.Waiting is { } waiting)
                    Keep(slice, waiting);
                else if (slice.Ending is not null)
                    Close(kept.Slice);
                break;
            case SliceSnapshot or SliceKept:
                break;
            case StoreFailed failed when _slices.TryGetValue(failed.Slice, out HostedSlice? slice):
                GoOnWithoutStore(failed, slice);
                break;
            case ReopenStore reopen when _slices.TryGetValue(reopen.Slice, out HostedSlice? slice):
                slice.Store = OpenStore(reopen.Slice, slice.IsAlive ? slice.Incarnation : 0);
                break;
            case StoreReopened reopened when _slices.TryGetValue(reopened.Slice, out HostedSlice? slice):
                _log.Warning("slice {0}: the store is open again", reopened.Slice);
                slice.StoreFailures = 0;
                if (slice.Waiting is { } unkept)
                    Keep(slice, unkept);
                break;
            case StoreFailed or ReopenStore or StoreReopened:
                break;
            case SliceFenced fenced:
                Drop(fenced);
                break;
            case Retire:
                // A supervisor hands the slices over with nothing under way; without one they are saved as they are.
                _supervisor.Tell(new SliceManagerEnds());
                Timers.StartSingleTimer("retire", new RetireAlone(), RetireWithin);
                break;
            case HandOver or RetireAlone:
                Finish();
                break;
            default:
                Unhandled(message);
                break;
        }

        TakeTurns();
    }

    /// <summary>A slice whose turn it is sends its state, for the last time where the node gives it up.</summary>
    private void TakeTurns()
    {
        while (_turns.TryTake(out int index))
        {
            if (!_slices.TryGetValue(index, out HostedSlice? slice) || !slice.IsAlive)
                _turns.GiveBack(index);
            else
                slice.Actor.Tell(_retiring ? new AskEnd() : new AskSnapshot());
        }
    }

    private long BytesOf(int slice) => sizeof(float) * SliceCost.Of(_hosted.Network, _hosted.Network.Slices[slice]);

    /// <summary>Each at a moment of its own, so that they do not all want a turn at once.</summary>
    private void SaveNowAndThen(int slice)
    {
        if (_settings.Store is null)
            return;
        TimeSpan every = _settings.SaveEvery;
        Timers.StartPeriodicTimer(
            $"save-{slice}", new SaveDue(slice), every * ((slice + 1.0) / (_hosted.Network.Slices.Count + 1)), every);
    }

    private void Keep(HostedSlice slice, SliceSnapshot snapshot)
    {
        bool waits = slice.Saving || slice.StoreFailures > 0;
        slice.Waiting = waits ? snapshot : null;
        if (waits)
            return;
        if (slice.Store.IsNobody())
        {
            Close(snapshot.Slice);
            return;
        }

        slice.Saving = true;
        slice.Written = snapshot.State;
        slice.Store.Tell(new KeepSlice(snapshot.State));
    }

    /// <summary>A slice learns on without its store, which is opened again after ever longer pauses.</summary>
    private void GoOnWithoutStore(StoreFailed failed, HostedSlice slice)
    {
        if (slice.StoreFailures++ == 0)
            _log.Warning("slice {0}: {1}; it goes on unsaved, and the store is tried again", failed.Slice, failed.Reason);
        slice.Saving = false;
        StateBytes.GiveBack(slice.Written);
        slice.Written = default;
        if (slice.Ending is null)
            _turns.GiveBack(failed.Slice);
        TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(slice.StoreFailures - 1, 10));
        Timers.StartSingleTimer($"store-{failed.Slice}", new ReopenStore(failed.Slice), pause < LongestPause ? pause : LongestPause);
    }

    /// <summary>Ends all slices in order: each is saved as it is then, and its counters are closed.</summary>
    private void Finish()
    {
        Timers.Cancel("retire");
        _retiring = true;
        foreach ((int index, HostedSlice slice) in _slices.ToArray())
        {
            Timers.Cancel($"save-{index}");
            if (slice.IsAlive)
                _turns.Ask(index, BytesOf(index));
            else
                Remove(index);
        }

        TakeTurns();
        StopIfDone();
    }

    private void Close(int slice)
    {
        _supervisor.Tell(new HandedOver(_slices[slice].Ending!));
        Remove(slice);
        StopIfDone();
    }

    private void Drop(SliceFenced fenced)
    {
        if (!_slices.TryGetValue(fenced.Slice, out HostedSlice? slice))
            return;
        _supervisor.Tell(new SliceGone(fenced.Slice, slice.Incarnation, fenced.Reason));
        Remove(fenced.Slice);
        StopIfDone();
    }

    private void Remove(int index)
    {
        HostedSlice slice = _slices[index];
        Timers.Cancel($"save-{index}");
        Timers.Cancel($"store-{index}");
        _slices.Remove(index);
        _turns.GiveBack(index);
        foreach (IActorRef child in new[] { slice.Actor, slice.Store })
        {
            if (!child.IsNobody())
                Context.Stop(child);
        }
    }

    private void StopIfDone()
    {
        if (_retiring && _slices.Count == 0)
            Context.Stop(Self);
    }
}
