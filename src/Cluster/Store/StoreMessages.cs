namespace Nudge.Store;

/// <summary>To the parent of a store, once: what is known of the slice, and that its incarnation may begin.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="Incarnation">Its number; no other incarnation has it, later ones have higher ones.</param>
/// <param name="Generation">Which snapshot was found; 0 when there is none.</param>
/// <param name="State">The snapshot; empty when there is none.</param>
internal sealed record SliceRestored(int Slice, int Incarnation, long Generation, ReadOnlyMemory<byte> State);

/// <summary>Asks the store to keep a state. One that still waits is replaced. Its bytes must not change.</summary>
internal sealed record KeepSlice(ReadOnlyMemory<byte> State);

/// <summary>To the parent: a state is durable and complete.</summary>
internal sealed record SliceKept(int Slice, long Generation);

/// <summary>To the parent, once: the store of an incarnation that went on without it is open again, and the incarnation still the newest.</summary>
internal sealed record StoreReopened(int Slice);

/// <summary>To the parent, as the last message of a store: another incarnation has taken over.</summary>
internal sealed record SliceFenced(int Slice, string Reason);

/// <summary>
/// To the parent, as the last message of a store: it could not be read or written. Its incarnation goes on, and is fenced if
/// another one has taken over by the time that the store can be opened again.
/// </summary>
internal sealed record StoreFailed(int Slice, string Reason);
