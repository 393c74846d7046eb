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
            case DeleteMessagesSuccess or Pruned:
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
                RunOnFiles(files => files.Put(put.Place, put.Part), _ => PartIsPut.Instance, cause => new FilesFailed(cause));
                break;
            case JournalEffect.Get get:
                RunOnFiles(files => files.Get(get.Snapshot), parts => new PartsAreRead(parts), cause => new FilesFailed(cause));
                break;
            case JournalEffect.Prune prune:
                RunOnFiles(files => files.Prune(prune.Place), count => new Pruned(count), cause => new PruneFailed(cause));
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

    // Files block, and so are not for the threads that run actors. Whatever goes wrong there is answered: a store that waits for ever never saves again.
    private void RunOnFiles<T>(Func<SliceFiles, T> work, Func<T, object> done, Func<Exception, object> failed)
    {
        SliceFiles files = _files!;
        Task.Run(() => work(files)).PipeTo(Self, Self, done, failed);
    }

    private sealed record PartIsPut
    {
        internal static readonly PartIsPut Instance = new();
    }

    private sealed record PartsAreRead(IReadOnlyList<ReadOnlyMemory<byte>> Parts);

    private sealed record FilesFailed(Exception Cause);

    private sealed record Pruned(int Snapshots);

    private sealed record PruneFailed(Exception Cause);
}
