using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace Nudge.Store;

/// <summary>The shell of a <see cref="SliceJournal"/>: reads and writes the journal for it.</summary>
/// <param name="run">The run.</param>
/// <param name="opening">Which journal, and for whom.</param>
internal sealed class SliceStoreActor(string run, JournalOpening opening) : UntypedPersistentActor
{
    private readonly SliceJournal _journal = new(opening);

    /// <inheritdoc/>
    public override string PersistenceId { get; } = SliceJournal.IdOf(run, opening.Slice);

    // Akka's own snapshots are one row each, whatever their length; ours are events.
    /// <inheritdoc/>
    public override Recovery Recovery { get; } = new(SnapshotSelectionCriteria.None);

    /// <inheritdoc/>
    protected override void OnRecover(object message)
    {
        if (message is RecoveryCompleted)
            Do(_journal.Recovered(LastSequenceNr));
        else
            _journal.Recover(message);
    }

    /// <inheritdoc/>
    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case KeepSlice keep:
                Do(_journal.Keep(keep.State, LastSequenceNr));
                break;
            case DeleteMessagesFailure failure:
                // The next snapshot deletes these too.
                Log.Warning("slice {0}: old snapshots stay for now: {1}", opening.Slice, failure.Cause.Message);
                break;
            case DeleteMessagesSuccess:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Fail(cause);

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Fail(cause);

    /// <inheritdoc/>
    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Fail(reason);

    private void Fail(Exception cause) => Do(_journal.Failed(StoreFailure.MessageOf(opening.Slice, cause)));

    private void Do(IReadOnlyList<JournalEffect> effects)
    {
        foreach (JournalEffect effect in effects.ToArray())
            Do(effect);
    }

    private void Do(JournalEffect effect)
    {
        switch (effect)
        {
            case JournalEffect.Write write:
                PersistAsync(write.Event, written => Do(_journal.Written(written, LastSequenceNr)));
                break;
            case JournalEffect.Send send:
                Context.Parent.Tell(send.Message);
                break;
            case JournalEffect.Delete delete:
                DeleteMessages(delete.UpTo);
                break;
            case JournalEffect.Warn warn:
                Log.Warning("{0}", warn.Text);
                break;
            case JournalEffect.Stop:
                Context.Stop(Self);
                break;
            default:
                break;
        }
    }
}
