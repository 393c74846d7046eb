namespace Nudge.Hosting;

/// <summary>Asks a node what it can do; answered by <see cref="NodeHello"/>.</summary>
internal sealed record AskNode;

/// <summary>What a node says of itself.</summary>
/// <param name="Protocol">The version of the messages between nodes.</param>
/// <param name="FrameBytes">The longest message that it takes.</param>
internal sealed record NodeHello(int Protocol, int FrameBytes);

/// <summary>Asks a node to create slices; answered by <see cref="Hosted"/> or <see cref="HostRefused"/>.</summary>
/// <param name="Run">Names the run.</param>
/// <param name="Experiment">The experiment file, defaults filled in; the node compiles the network from it.</param>
/// <param name="Classes">Classes of the examples, which the node does not have.</param>
/// <param name="Slices">Indices of the slices.</param>
internal sealed record HostSlices(string Run, string Experiment, int Classes, IReadOnlyList<int> Slices);

/// <summary>A node created what it was asked to.</summary>
/// <param name="Keeper">Path of the actor that keeps the slices.</param>
/// <param name="Paths">Paths of the slices, in the order of the request.</param>
internal sealed record Hosted(string Keeper, IReadOnlyList<string> Paths);

/// <summary>A node did not create what it was asked to.</summary>
/// <param name="Reason">Why, for people.</param>
internal sealed record HostRefused(string Reason);

/// <summary>Tells a keeper who plays; it introduces its slices, which then begin. Answered by <see cref="CastKnown"/>.</summary>
/// <param name="Slices">Paths of all slices of the network, by index.</param>
/// <param name="Coordinator">Path of the coordinator.</param>
/// <param name="Director">Path of the actor that hears of faults.</param>
internal sealed record CastList(IReadOnlyList<string> Slices, string Coordinator, string Director);

/// <summary>A keeper has introduced its slices.</summary>
internal sealed record CastKnown;

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

/// <summary>A slice failed on a node.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Fatal">Whether the run cannot go on; else the slice was restarted.</param>
internal sealed record SliceFault(int Slice, string Reason, bool Fatal);
