namespace Nudge.Messages;

/// <summary>
/// Asks a node to take part in a run in virtual time; answered by <see cref="VirtualNodeUp"/> or <see cref="HostRefused"/>. It
/// takes part until the sender ends or leaves the cluster.
/// </summary>
/// <param name="Experiment">The experiment file, defaults filled in; the node compiles the network from it.</param>
/// <param name="Classes">Classes of the examples, which the node does not have.</param>
internal sealed record JoinVirtualRun(string Experiment, int Classes);

/// <summary>The sender is there for its part of a run in virtual time.</summary>
internal sealed record VirtualNodeUp;

/// <summary>A part of a message of a run in virtual time; each message is cut into parts that fit a frame.</summary>
/// <param name="Message">The sender's number of the message.</param>
/// <param name="Offset">Where the part begins.</param>
/// <param name="Total">Bytes of the whole message.</param>
/// <param name="Bytes">The part.</param>
internal sealed record VirtualPart(long Message, int Offset, int Total, ReadOnlyMemory<byte> Bytes);
