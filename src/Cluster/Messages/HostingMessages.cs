using Nudge.Actors;

namespace Nudge.Messages;

/// <summary>Asks a node what it can do; answered by <see cref="NodeHello"/>.</summary>
internal sealed record AskNode;

/// <summary>What a node reports of itself.</summary>
/// <param name="Protocol">The version of the messages between nodes.</param>
/// <param name="FrameBytes">The longest message that it takes.</param>
/// <param name="KeepsSlices">Whether it has a store, so that what it hosts can start again elsewhere.</param>
/// <param name="PeakBytes">The most memory that it had resident so far; 0 where it does not report it.</param>
internal sealed record NodeHello(int Protocol, int FrameBytes, bool KeepsSlices, long PeakBytes = 0);

/// <summary>Asks a node to start slices; answered by <see cref="SliceUp"/> for each or <see cref="HostRefused"/>.</summary>
/// <param name="Run">Names the run, also in the store.</param>
/// <param name="Experiment">The experiment file, defaults filled in; the node compiles the network from it.</param>
/// <param name="Classes">Classes of the examples, which the node does not have.</param>
/// <param name="Slices">Indices of the slices.</param>
/// <param name="RunSupervisor">Path of the actor that directs the run.</param>
/// <param name="FromStart">Whether all slices of the run begin together; else these join later.</param>
internal sealed record HostSlices(
    string Run, string Experiment, int Classes, IReadOnlyList<int> Slices, string RunSupervisor, bool FromStart);

/// <summary>A slice has started.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Incarnation">Which incarnation it is.</param>
/// <param name="Generation">The snapshot that it goes on from; 0 starts without one.</param>
/// <param name="Path">Path of its actor.</param>
/// <param name="SliceManager">Path of the actor that keeps it.</param>
internal sealed record SliceUp(int Slice, int Incarnation, long Generation, string Path, string SliceManager);

/// <summary>An incarnation has ended out of order: another one took over, or its store failed.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Incarnation">Which incarnation it was.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record SliceGone(int Slice, int Incarnation, string Reason);

/// <summary>A node does not do what it was asked to.</summary>
/// <param name="Reason">Why, for people.</param>
internal sealed record HostRefused(string Reason);

/// <summary>Sends a manager the paths of all slices; it connects its own to them.</summary>
/// <param name="Slices">Paths of all slices of the network, by index; empty for one that is down.</param>
/// <param name="Coordinator">Path of the coordinator.</param>
internal sealed record SliceDirectory(IReadOnlyList<string> Slices, string Coordinator);

/// <summary>A slice failed on a node.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Fatal">Whether the run cannot go on; else the slice was restarted.</param>
internal sealed record SliceFault(int Slice, string Reason, bool Fatal);

/// <summary>A manager's node is about to leave; answered by <see cref="HandOver"/> once nothing is under way.</summary>
internal sealed record SliceManagerEnds;

/// <summary>Asks a manager to end its slices in order, and to save them.</summary>
internal sealed record HandOver;

/// <summary>An incarnation has ended in order; its state is in the store.</summary>
/// <param name="Counters">Its closed counters.</param>
internal sealed record HandedOver(SliceCounters Counters);

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
