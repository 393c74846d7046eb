using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace Nudge.Store;

/// <summary>The shell of a <see cref="SliceJournal"/>: reads and writes the journal for it.</summary>
/// <param name="run">The run.</param>
/// <param name="opening">Which journal, and for whom.</param>
/// <param name="files">Where parts of snapshots go; null for the journal.</param>
internal sealed class SliceStoreActor(string run, JournalOpening opening, ISnapshotFiles? files = null) : UntypedPersistentActor
{
    private readonly SliceJournal _journal = new(opening with { HasFiles = files is not null });
    private readonly SliceFiles? _files = files is null ? null : new(files, SliceJournal.IdOf(run, opening.Slice));

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
            case PartIsPut:
                Do(_journal.PartPut());
                break;
            case PartsAreRead read:
                Do(_journal.PartsRead(read.Parts, LastSequenceNr));
                break;
            case FilesFailed failed:
                Fail(failed.Cause);
                break;
            case PruneFailed failure:
                Log.Warning("slice {0}: files of old snapshots stay for now: {1}", opening.Slice, failure.Cause.Message);
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
            case JournalEffect.Put put:
                RunOnFiles(files => files.Put(put.Place, put.Part), () => new PartIsPut(), cause => new FilesFailed(cause));
                break;
            case JournalEffect.Get get:
                IReadOnlyList<ReadOnlyMemory<byte>> parts = [];
                RunOnFiles(files => parts = files.Get(get.Snapshot), () => new PartsAreRead(parts), cause => new FilesFailed(cause));
                break;
            case JournalEffect.Prune prune:
                RunOnFiles(files => files.Prune(prune.Place), () => null, cause => new PruneFailed(cause));
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

    // Files block, and so are not for the threads that run actors.
    private void RunOnFiles(Action<SliceFiles> work, Func<object?> done, Func<Exception, object> failed)
    {
        SliceFiles of = _files!;
        IActorRef self = Self;
        _ = Task.Run(() =>
        {
            object? answer;
            try
            {
                work(of);
                answer = done();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                answer = failed(error);
            }

            if (answer is not null)
                self.Tell(answer, ActorRefs.NoSender);
        });
    }

    private sealed record PartIsPut;

    private sealed record PartsAreRead(IReadOnlyList<ReadOnlyMemory<byte>> Parts);

    private sealed record FilesFailed(Exception Cause);

    private sealed record PruneFailed(Exception Cause);
}
