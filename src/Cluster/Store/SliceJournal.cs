using static Nudge.Store.JournalEffect;

namespace Nudge.Store;

/// <summary>What a journal does.</summary>
internal abstract record JournalEffect
{
    /// <summary>Writes the next event at the end of the journal, one at a time.</summary>
    internal sealed record Write(IStoreEvent Event) : JournalEffect;

    /// <summary>Writes a part of a snapshot to the files, one at a time.</summary>
    internal sealed record Put(string Place, StateChunk Part) : JournalEffect;

    /// <summary>Reads the parts of a snapshot from the files.</summary>
    internal sealed record Get(StateComplete Snapshot) : JournalEffect;

    /// <summary>Deletes the files of snapshots of the slice that are older than this one.</summary>
    internal sealed record Prune(string Place) : JournalEffect;

    /// <summary>Sends a message to the manager of slices.</summary>
    internal sealed record Send(object Message) : JournalEffect;

    /// <summary>Deletes all events up to this place.</summary>
    internal sealed record Delete(long UpTo) : JournalEffect;

    /// <summary>A line for the log.</summary>
    internal sealed record Warn(string Text) : JournalEffect;

    /// <summary>Nothing is written any more.</summary>
    internal sealed record Stop : JournalEffect;
}

/// <summary>Which journal is opened, and for whom.</summary>
/// <param name="Slice">The slice; negative for the journal of a run's coordinators.</param>
/// <param name="Continued">The incarnation that is continued, or 0 for a new one.</param>
/// <param name="Epoch">The number of the coordinator.</param>
/// <param name="Token">What the coordinator has drawn, in the journal of coordinators.</param>
/// <param name="TokenBefore">What an earlier coordinator of the run has drawn, which the journal must know; or 0.</param>
internal readonly record struct JournalOpening(int Slice, int Continued, int Epoch, long Token = 0, long TokenBefore = 0)
{
    /// <summary>Whether parts of snapshots go to files, and the journal holds only what says which of them count.</summary>
    internal bool HasFiles { get; init; }

    /// <summary>
    /// How often the manager has opened stores: what a store that failed was writing may yet come to its end, and must not
    /// lie where the next one writes.
    /// </summary>
    internal int Opened { get; init; }
}

/// <summary>
/// Keeps one incarnation of a slice, as a plain state machine. It begins by writing its number where the journal ends; the second
/// one to write a place in the journal fails, so two incarnations never get one number, and the older one fails at its next write.
/// One that continues an incarnation whose store had failed writes no number: it looks whether that incarnation is still the newest.
/// </summary>
/// <remarks>
/// Where parts of snapshots are files, they are written before the event that names them, and read once the new incarnation has its
/// number: from then on no earlier one can complete a snapshot, and so none deletes those files.
/// Writes go one after the other. Of states that come meanwhile the newest waits, and memory stays bounded however slow the disk is.
/// </remarks>
internal sealed class SliceJournal(JournalOpening opening)
{
    /// <summary>What the incarnation of an earlier coordinator is told.</summary>
    internal const string Superseded = "a later coordinator directs the run";

    /// <summary>What a coordinator is told that goes on with a run that the store does not know.</summary>
    internal const string OtherStore = "its store is not that of the run (nudge node --store): it knows nothing of it";

    private readonly List<JournalEffect> _effects = [];
    private RecoveredSlice? _recovered = new();
    private StateParts? _writing;
    private StateComplete? _reading;
    private ReadOnlyMemory<byte>? _waiting;
    private int _incarnation;
    private long _generation;
    private long _before;
    private bool _stopped;

    /// <summary>Names the journal of a slice, or, where its number is negative, of a run's coordinators.</summary>
    internal static string IdOf(string run, int slice) => slice >= 0 ? $"{run}/{slice}" : $"{run}/coordinator";

    /// <summary>Takes in the next event that the journal holds.</summary>
    internal void Recover(object stored) => _recovered!.Take(stored);

    /// <summary>The whole journal has been read.</summary>
    /// <param name="last">The place of its last event.</param>
    internal IReadOnlyList<JournalEffect> Recovered(long last)
    {
        _effects.Clear();
        RecoveredSlice recovered = _recovered!;
        foreach (string reason in recovered.PassedOver)
            _effects.Add(new Warn($"slice {opening.Slice}: {reason}; passed over"));
        _generation = recovered.LastBegun;
        if (recovered.Epoch > opening.Epoch && opening.Slice >= 0)
            Fence(Superseded);
        else if (opening.TokenBefore != 0 && !recovered.KnowsToken(opening.TokenBefore))
            Fence(OtherStore);
        else if (opening.Continued == 0)
        {
            int next = recovered.NextIncarnation(last + 1);
            _effects.Add(new Write(new IncarnationAllotted(next) { Epoch = opening.Epoch, Token = opening.Token }));
        }
        else if (recovered.LastIncarnation != opening.Continued)
            Fence(StoreFailure.TakenOver);
        else
            Continue(last);
        return _effects;
    }

    /// <summary>The event that was written last is durable.</summary>
    /// <param name="written">The event.</param>
    /// <param name="place">Its place.</param>
    internal IReadOnlyList<JournalEffect> Written(object written, long place)
    {
        _effects.Clear();
        switch (written)
        {
            case IncarnationAllotted allotted:
                RecoveredSlice recovered = _recovered!;
                _recovered = null;
                _incarnation = allotted.Incarnation;
                if (recovered.InFiles is { } snapshot)
                    Get(snapshot);
                else
                    Restore(recovered.Generation, recovered.State, place);
                break;
            case StateComplete complete:
                _writing = null;
                _effects.Add(new Send(new SliceKept(opening.Slice, _generation)));
                _effects.Add(new Delete(_before));
                if (complete.Place.Length > 0)
                    _effects.Add(new Prune(complete.Place));
                WriteWaiting(place);
                break;
            default:
                WriteNext();
                break;
        }

        return _effects;
    }

    /// <summary>The part that was put last is durable.</summary>
    internal IReadOnlyList<JournalEffect> PartPut()
    {
        _effects.Clear();
        if (!_stopped)
            WriteNext();
        return _effects;
    }

    /// <summary>The parts of the snapshot that was asked for.</summary>
    /// <param name="parts">They, in their order; fewer where files are missing.</param>
    /// <param name="last">The place of the journal's last event.</param>
    internal IReadOnlyList<JournalEffect> PartsRead(IReadOnlyList<ReadOnlyMemory<byte>> parts, long last)
    {
        _effects.Clear();
        StateComplete snapshot = _reading!;
        // A start from the first weights would lose what was reported as saved, and perhaps only the place is wrong.
        if (parts.Count != snapshot.Parts)
            Fence($"{NameOf(snapshot)} has {parts.Count} of its {snapshot.Parts} parts there; all nodes need the same place for files (nudge node --store-files)");
        else if (!StateChecksum.IsOf(snapshot, parts))
            Fence($"{NameOf(snapshot)} does not match its checksum");
        else
        {
            _reading = null;
            Restore(snapshot.Generation, RecoveredSlice.Joined(parts), last);
        }

        return _effects;
    }

    /// <summary>A state is to be kept; one that still waits is replaced.</summary>
    /// <param name="state">The state.</param>
    /// <param name="last">The place of the journal's last event.</param>
    internal IReadOnlyList<JournalEffect> Keep(ReadOnlyMemory<byte> state, long last)
    {
        _effects.Clear();
        _waiting = state;
        WriteWaiting(last);
        return _effects;
    }

    /// <summary>The journal could not be read or written.</summary>
    /// <param name="reason">Why, as <see cref="StoreFailure"/> explains it: a <see cref="SliceFenced"/> or <see cref="StoreFailed"/>.</param>
    internal IReadOnlyList<JournalEffect> Failed(object reason)
    {
        _effects.Clear();
        // Of two coordinators that began at once, one asks again and gets the next number.
        if (opening.Slice < 0 && reason is SliceFenced conflict)
            reason = new StoreFailed(opening.Slice, conflict.Reason);
        if (!_stopped)
            _effects.Add(new Send(reason));
        _stopped = true;
        _effects.Add(new Stop());
        return _effects;
    }

    private static string NameOf(StateComplete snapshot) => $"the store's files: snapshot {snapshot.Generation} ({snapshot.Place})";

    private void Get(StateComplete snapshot)
    {
        _reading = snapshot;
        if (opening.HasFiles)
            _effects.Add(new Get(snapshot));
        else
            Fence($"{NameOf(snapshot)} is in files, and this node was given none (nudge node --store-files)");
    }

    private void Restore(long generation, ReadOnlyMemory<byte> state, long place)
    {
        _effects.Add(new Send(new SliceRestored(opening.Slice, _incarnation, generation, state)));
        WriteWaiting(place);
    }

    private void WriteNext()
    {
        IStoreEvent next = _writing!.Next();
        _effects.Add(next is StateChunk part && _writing.Place.Length > 0 ? new Put(_writing.Place, part) : new Write(next));
    }

    private void Fence(string reason)
    {
        _stopped = true;
        _effects.Add(new Send(new SliceFenced(opening.Slice, reason)));
        _effects.Add(new Stop());
    }

    private void Continue(long last)
    {
        _incarnation = opening.Continued;
        _recovered = null;
        _effects.Add(new Send(new StoreReopened(opening.Slice)));
        WriteWaiting(last);
    }

    private void WriteWaiting(long last)
    {
        if (_incarnation == 0 || _reading is not null || _writing is not null || _stopped || _waiting is not { } state)
            return;
        _waiting = null;
        _before = last;
        _generation++;
        string place = opening.HasFiles ? SnapshotPlace.Of(_incarnation, opening.Opened, _generation) : "";
        int longest = opening.HasFiles ? SliceFiles.PartLength : StateChunk.MaximumLength;
        _writing = new(_incarnation, _generation, state, longest, opening.Epoch, place);
        WriteNext();
    }
}
