namespace Nudge.Hosting;

/// <summary>Asks a node to bring slices to life; answered by a <see cref="SliceUp"/> for each, or <see cref="HostRefused"/>.</summary>
/// <param name="Run">Names the run, also in the store.</param>
/// <param name="Experiment">The experiment file, defaults filled in; the node compiles the network from it.</param>
/// <param name="Classes">Classes of the examples, which the node does not have.</param>
/// <param name="Slices">Indices of the slices.</param>
/// <param name="Director">Path of the actor that directs the run.</param>
/// <param name="FromStart">Whether all slices of the run begin together; else these join while others speak.</param>
internal sealed record HostSlices(
    string Run, string Experiment, int Classes, IReadOnlyList<int> Slices, string Director, bool FromStart);

/// <summary>A slice has come to life.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Incarnation">Which life it is.</param>
/// <param name="Generation">The snapshot that it goes on from; 0 begins anew.</param>
/// <param name="Path">Path of its actor.</param>
/// <param name="Keeper">Path of the actor that keeps it.</param>
internal sealed record SliceUp(int Slice, int Incarnation, long Generation, string Path, string Keeper);

/// <summary>A slice's life has ended without order: another life took over, or its store failed.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Incarnation">Which life it was.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record SliceGone(int Slice, int Incarnation, string Reason);

/// <summary>A node does not do what it was asked to.</summary>
/// <param name="Reason">Why, for people.</param>
internal sealed record HostRefused(string Reason);

/// <summary>Tells a keeper who plays; it introduces its slices.</summary>
/// <param name="Slices">Paths of all slices of the network, by index; empty for one that is not alive.</param>
/// <param name="Coordinator">Path of the coordinator.</param>
internal sealed record CastList(IReadOnlyList<string> Slices, string Coordinator);

/// <summary>A slice failed on a node.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Fatal">Whether the run cannot go on; else the slice was restarted.</param>
internal sealed record SliceFault(int Slice, string Reason, bool Fatal);
