using Nudge.Actors;
using Nudge.Messages;
using Nudge.Store;
using static Nudge.Supervision.ManagerEffect;
using static Nudge.Supervision.ManagerEvent;

namespace Nudge.Supervision;

/// <content>How a slice starts from what the store holds, what it tells, and how it ends.</content>
internal sealed partial class SliceManager
{
    private void Begin(Assignment of)
    {
        var slice = new HostedSlice(of, fromStart: _orders is { Begun: false });
        _slices[of.Slice] = slice;
        if (Keeps)
            _effects.Add(new OpenStore(of, Continued: 0));
        else
            Start(slice, new(of.Slice, 0, 0, ReadOnlyMemory<byte>.Empty));
    }

    private void Start(HostedSlice slice, SliceRestored restored)
    {
        if (_settings.AsksForFirstStates && restored.State.IsEmpty)
            _effects.Add(new AskFirstState(slice.Of, restored));
        else
            StartFrom(slice, restored);
    }

    private void StartFrom(HostedSlice slice, SliceRestored restored)
    {
        slice.StoreFailures = 0;
        slice.State = HostedState.Up;
        slice.Incarnation = restored.Incarnation;
        slice.Generation = restored.Generation;
        // Each at a moment of its own, so that they do not all want a turn at once.
        if (_settings.SaveEvery is { } every)
            slice.SaveAt = _now + (every * ((slice.Of.Slice + 1.0) / (_settings.Bytes.Count + 1)));
        _effects.Add(new Start(slice.Of, restored, slice.FromStart));
        // Frozen comes before its neighbours: it never takes a step that its supervisor has forbidden.
        Freeze(slice);
        if (_unreachable.Count > 0 && !slice.FromStart)
            _effects.Add(new ToSlice(slice.Of, new UnreachableSlices([.. _unreachable])));
        if (_directory is not null)
            _effects.Add(new Connect(slice.Of));
        Count(slice);
        _reportDue = true;
    }

    private void TakeFromSlice(HostedSlice slice, object message)
    {
        switch (message)
        {
            case SliceSnapshot snapshot:
                slice.Ending = snapshot.Counters ?? slice.Ending;
                KeepWhenFree(slice, snapshot);
                break;
            case Freeze confirmed when confirmed.Round > slice.FreezeRound:
                slice.FreezeRound = confirmed.Round;
                _reportDue = true;
                break;
            case SliceCounters counters:
                slice.Counters = counters;
                if (slice.State == HostedState.Up)
                {
                    _effects.Add(new ToSupervisor(new SliceCounted(
                        _settings.Run, _settings.Epoch, slice.Of.Attempt, counters.Round, Ended: false, counters)));
                }

                break;
            case AskNeighbours:
                Restore(slice);
                break;
            default:
                break;
        }
    }

    /// <summary>An actor that was restarted has forgotten what it was told.</summary>
    private void Restore(HostedSlice slice)
    {
        if (_orders is { FreezeRound: > 0 } orders)
            _effects.Add(new ToSlice(slice.Of, new Freeze(orders.Frozen) { Slice = slice.Of.Slice, Round = orders.FreezeRound }));
        if (_directory is not null)
            _effects.Add(new Connect(slice.Of));
        if (_orders is { CountersRound: > 0 } asked)
            _effects.Add(new ToSlice(slice.Of, new AskCounters { Round = asked.CountersRound }));
        if (_finishing && slice.State == HostedState.Up)
            AskTurn(slice);
    }

    private void OnFailure(HostedSlice slice, Failed failed)
    {
        // What it was asked may have gone with its fault.
        _turns.GiveBack(slice.Of.Slice);
        _reportDue = true;
        if (failed.Fatal)
        {
            slice.Fatal = true;
            Drop(slice, failed.Reason);
        }
        else
        {
            slice.Faults++;
        }
    }

    /// <summary>It ends out of order; reports have it so until orders no longer name it.</summary>
    private void Drop(HostedSlice slice, string reason)
    {
        if (slice.State == HostedState.Gone)
            return;
        Close(slice);
        slice.State = HostedState.Gone;
        slice.Reason = reason;
        _reportDue = true;
    }

    private void Remove(HostedSlice slice)
    {
        Close(slice);
        _slices.Remove(slice.Of.Slice);
        _reportDue = true;
    }

    private void Close(HostedSlice slice)
    {
        _turns.GiveBack(slice.Of.Slice);
        slice.SaveAt = TimeSpan.MaxValue;
        slice.ReopenAt = null;
        if (slice.Waiting is { } waiting)
            _effects.Add(new Release(waiting.State));
        slice.Waiting = null;
        if (slice.State != HostedState.Gone && !slice.Ended)
            _effects.Add(new Stop(slice.Of));
    }
}
