namespace Nudge.Messages;

/// <summary>
/// Asks a node to take part in a run in virtual time; answered by <see cref="VirtualNodeUp"/> or <see cref="HostRefused"/>. It
/// takes part until the sender ends or leaves the cluster.
/// </summary>
/// <param name="Experiment">The experiment file, defaults filled in; the node compiles the network from it.</param>
/// <param name="Classes">Classes of the examples, which the node does not have.</param>
/// <param name="Run">A number that no other run has.</param>
/// <param name="FrameBytes">The longest frame that all nodes of the run take.</param>
internal sealed record JoinVirtualRun(string Experiment, int Classes, long Run, int FrameBytes);

/// <summary>The sender is there for its part of a run in virtual time.</summary>
internal sealed record VirtualNodeUp;

/// <summary>A part of a message of a run in virtual time; each message is cut into parts that fit a frame.</summary>
/// <param name="Run">The number of the run.</param>
/// <param name="Number">The number of the part among all that the sender has for the receiver, from 1.</param>
/// <param name="Offset">Where in the message it begins.</param>
/// <param name="Total">Bytes of the whole message.</param>
/// <param name="Bytes">The part.</param>
internal sealed record VirtualPart(long Run, long Number, int Offset, int Total, ReadOnlyMemory<byte> Bytes);

/// <summary>Acknowledges <see cref="VirtualPart"/>.</summary>
/// <param name="Run">The number of the run.</param>
/// <param name="Next">The number of the first part that has not been received.</param>
/// <param name="Misses">Whether later ones have been received, so that it is to be sent again.</param>
internal sealed record VirtualReceived(long Run, long Next, bool Misses);
