namespace Nudge.Inspection;

/// <summary>Asks a node what it hosts and whom it sees, also from outside the cluster; answered by <see cref="NodeStatus"/>.</summary>
internal sealed record AskStatus;

/// <summary>Within a node: asks a keeper what it keeps; answered by <see cref="RunStatus"/>.</summary>
internal sealed record AskRunStatus;
