using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace Nudge.Store;

/// <summary>
/// Keeps one incarnation of a slice. It begins by writing its number where the journal ends; the second one to write a
/// place in the journal fails, so two incarnations never get one number, and the older one fails at its next write. One that
/// continues an incarnation whose store had failed writes no number: it looks whether that incarnation is still the newest.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="slice">The slice.</param>
/// <param name="continued">The incarnation that it continues, or 0 for a new one.</param>
/// <remarks>
/// Writes go one after the other. They do not hold up the mailbox: of states that come meanwhile the newest waits, and
/// memory stays bounded however slow the disk is.
/// </remarks>
internal sealed class SliceStoreActor(string run, int slice, int continued) : UntypedPersistentActor
{
    private RecoveredSlice? _recovered = new();
    private StateParts? _writing;
    private ReadOnlyMemory<byte>? _waiting;
    private int _incarnation;
    private long _generation;
    private long _before;

    /// <inheritdoc/>
    public override string PersistenceId { get; } = $"{run}/{slice}";

    // Akka's own snapshots are one row each, whatever their length; ours are events.
    /// <inheritdoc/>
    public override Recovery Recovery { get; } = new(SnapshotSelectionCriteria.None);

    /// <inheritdoc/>
    protected override void OnRecover(object message)
    {
        if (message is RecoveryCompleted && continued > 0)
            Continue(_recovered!);
        else if (message is RecoveryCompleted)
            Allot(_recovered!);
        else
            _recovered!.Take(message);
    }

    /// <inheritdoc/>
    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case KeepSlice keep:
                _waiting = keep.State;
                WriteWaiting();
                break;
            case DeleteMessagesFailure failure:
                // The next snapshot deletes these too.
                Log.Warning("slice {0}: old snapshots stay for now: {1}", slice, failure.Cause.Message);
                break;
            case DeleteMessagesSuccess:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Fence(cause);

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Fence(cause);
        Context.Stop(Self);
    }

    /// <inheritdoc/>
    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Fence(reason);

    private void Allot(RecoveredSlice recovered)
    {
        foreach (string reason in recovered.PassedOver)
            Log.Warning("slice {0}: {1}; passed over", slice, reason);
        _generation = recovered.LastBegun;
        PersistAsync(
            new IncarnationAllotted(recovered.NextIncarnation(LastSequenceNr + 1)),
            allotted =>
            {
                _incarnation = allotted.Incarnation;
                _recovered = null;
                Context.Parent.Tell(new SliceRestored(slice, _incarnation, recovered.Generation, recovered.State));
                WriteWaiting();
            });
    }

    private void Continue(RecoveredSlice recovered)
    {
        if (recovered.LastIncarnation != continued)
        {
            Context.Parent.Tell(new SliceFenced(slice, StoreFailure.TakenOver));
            Context.Stop(Self);
            return;
        }

        _generation = recovered.LastBegun;
        _incarnation = continued;
        _recovered = null;
        Context.Parent.Tell(new StoreReopened(slice));
        WriteWaiting();
    }

    private void WriteWaiting()
    {
        if (_incarnation == 0 || _writing is not null || _waiting is not { } state)
            return;
        _waiting = null;
        _before = LastSequenceNr;
        _writing = new(_incarnation, ++_generation, state);
        WriteNext(_writing);
    }

    private void WriteNext(StateParts parts) => PersistAsync(parts.Next(), written =>
    {
        if (written is StateComplete)
            Complete();
        else
            WriteNext(parts);
    });

    private void Complete()
    {
        _writing = null;
        Context.Parent.Tell(new SliceKept(slice, _generation));
        DeleteMessages(_before);
        WriteWaiting();
    }

    private void Fence(Exception cause) => Context.Parent.Tell(StoreFailure.MessageOf(slice, cause));
}
