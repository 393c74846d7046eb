namespace Nudge.Store;

/// <summary>
/// Gathers from the events of a slice what its next incarnation starts from. No content of a journal makes it fail:
/// a snapshot that is not whole is passed over, and the one before it stands.
/// </summary>
internal sealed class RecoveredSlice
{
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private readonly List<string> _passedOver = [];
    private readonly HashSet<long> _tokens = [];
    private (int Incarnation, long Generation) _open;
    private int _incarnation;
    private bool _damaged;

    /// <summary>The newest complete snapshot; 0 when there is none.</summary>
    internal long Generation { get; private set; }

    /// <summary>The newest incarnation that has written.</summary>
    internal int LastIncarnation => _incarnation;

    /// <summary>The number of the newest coordinator that an incarnation belonged to.</summary>
    internal int Epoch { get; private set; }

    /// <summary>What the newest coordinator has drawn, in the journal of coordinators.</summary>
    internal long Token { get; private set; }

    /// <summary>Whether a coordinator has drawn this.</summary>
    internal bool KnowsToken(long token) => _tokens.Contains(token);

    /// <summary>Its bytes.</summary>
    internal ReadOnlyMemory<byte> State { get; private set; }

    /// <summary>The newest complete snapshot, where its parts are files and yet to be read; else null.</summary>
    internal StateComplete? InFiles { get; private set; }

    /// <summary>The highest generation that was ever begun: a later one must not mix with its remains.</summary>
    internal long LastBegun { get; private set; }

    /// <summary>Why snapshots were passed over.</summary>
    internal IReadOnlyList<string> PassedOver => _passedOver;

    /// <summary>Takes in the next event.</summary>
    internal void Take(object stored)
    {
        if (stored is IStoreEvent known)
            _incarnation = Math.Max(_incarnation, known.Incarnation);
        switch (stored)
        {
            case IncarnationAllotted allotted:
                Epoch = Math.Max(Epoch, allotted.Epoch);
                Token = allotted.Token;
                _tokens.Add(allotted.Token);
                _parts.Clear();
                break;
            case StateChunk chunk:
                Take(chunk);
                break;
            case StateComplete complete:
                Take(complete);
                _parts.Clear();
                break;
            default:
                _damaged = true;
                _parts.Clear();
                _passedOver.Add(stored is DamagedEvent damage ? damage.Reason : $"an unknown event {stored.GetType()}");
                break;
        }
    }

    /// <summary>The number of the incarnation that begins with the event at a place in the journal.</summary>
    /// <param name="sequenceNumber">Where the allotment is about to be written.</param>
    internal int NextIncarnation(long sequenceNumber)
    {
        // Each allotment takes a place of its own, so no incarnation has had a higher number than its place: where
        // an event cannot be read, and might have been an allotment, the place is a number that none had.
        long next = _damaged ? sequenceNumber : _incarnation + 1L;
        return checked((int)next);
    }

    private void Take(StateChunk chunk)
    {
        LastBegun = Math.Max(LastBegun, chunk.Generation);
        if (chunk.Part == 0)
        {
            _parts.Clear();
            _open = (chunk.Incarnation, chunk.Generation);
        }

        // A part that does not follow leaves a number of parts that the completion will not confirm.
        if (_open == (chunk.Incarnation, chunk.Generation) && chunk.Part == _parts.Count)
            _parts.Add(chunk.Bytes);
    }

    private void Take(StateComplete complete)
    {
        LastBegun = Math.Max(LastBegun, complete.Generation);
        if (complete.Place.Length > 0)
        {
            (Generation, State, Epoch) = (complete.Generation, ReadOnlyMemory<byte>.Empty, Math.Max(Epoch, complete.Epoch));
            InFiles = complete;
            return;
        }

        // Before an empty snapshot may lie the remains of another one.
        if (_open != (complete.Incarnation, complete.Generation))
            _parts.Clear();
        if (_parts.Count != complete.Parts)
            _passedOver.Add($"snapshot {complete.Generation} lacks parts");
        else if (!StateChecksum.IsOf(complete, _parts))
            _passedOver.Add($"snapshot {complete.Generation} does not match its checksum");
        else
            (Generation, State, Epoch, InFiles) = (complete.Generation, Joined(_parts), Math.Max(Epoch, complete.Epoch), null);
    }

    /// <summary>The state whose parts these are.</summary>
    internal static ReadOnlyMemory<byte> Joined(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        if (parts.Count == 1)
            return parts[0];
        byte[] state = new byte[parts.Sum(part => part.Length)];
        int at = 0;
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            part.CopyTo(state.AsMemory(at));
            at += part.Length;
        }

        return state;
    }
}
