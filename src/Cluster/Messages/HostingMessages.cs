namespace Nudge.Messages;

/// <summary>Asks a node what it can do; answered by <see cref="NodeHello"/>.</summary>
internal sealed record AskNode;

/// <summary>What a node reports of itself.</summary>
/// <param name="Protocol">The version of the messages between nodes.</param>
/// <param name="FrameBytes">The longest message that it takes.</param>
/// <param name="KeepsSlices">Whether it has a store, so that what it hosts can start again elsewhere.</param>
/// <param name="PeakBytes">The most memory that it had resident so far; 0 where it does not report it.</param>
internal sealed record NodeHello(int Protocol, int FrameBytes, bool KeepsSlices, long PeakBytes = 0);

/// <summary>Asks a manager for a part of a slice's state; answered by <see cref="StatePart"/>.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Offset">Where the part begins; 0 takes a new copy of the state.</param>
/// <param name="AtMost">Bytes that one part may have.</param>
internal sealed record AskStatePart(int Slice, int Offset, int AtMost);

/// <summary>A part of a slice's state.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Offset">Where the part begins.</param>
/// <param name="Total">Bytes of the whole state.</param>
/// <param name="Bytes">The part.</param>
internal sealed record StatePart(int Slice, int Offset, int Total, ReadOnlyMemory<byte> Bytes);

/// <summary>A node does not do what it was asked to.</summary>
/// <param name="Reason">Why, for people.</param>
internal sealed record HostRefused(string Reason);
