namespace Nudge.Hosting;

/// <summary>Asks a keeper for a part of a slice's state; answered by <see cref="StatePart"/>.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Offset">Where the part begins; 0 takes the state anew.</param>
/// <param name="AtMost">Bytes that one part may have.</param>
internal sealed record AskStatePart(int Slice, int Offset, int AtMost);

/// <summary>A part of a slice's state.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Offset">Where the part begins.</param>
/// <param name="Total">Bytes of the whole state.</param>
/// <param name="Bytes">The part.</param>
internal sealed record StatePart(int Slice, int Offset, int Total, ReadOnlyMemory<byte> Bytes);
