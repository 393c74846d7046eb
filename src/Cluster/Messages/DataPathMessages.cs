namespace Nudge.Messages;

/// <summary>Asks a node where its data connections arrive; answered by <see cref="DataPort"/>.</summary>
internal sealed record AskDataPort;

/// <summary>Where the data connections of a node arrive.</summary>
/// <param name="Port">The port, on the node's own host.</param>
/// <param name="Token">What a connection must begin with: only members of the cluster can ask for it.</param>
internal sealed record DataPort(int Port, ReadOnlyMemory<byte> Token);
