namespace Nudge.Messages;

/// <summary>Asks a node what it hosts and whom it sees, also from outside the cluster; answered by <see cref="NodeStatus"/>.</summary>
internal sealed record AskStatus;

/// <summary>A slice as it last reported to its manager; activity and control messages are counted together.</summary>
/// <param name="Slice">Its index.</param>
/// <param name="Name">Its name.</param>
/// <param name="Incarnation">Which incarnation it is; what follows is counted from its start.</param>
/// <param name="Alive">Whether it has started.</param>
/// <param name="Sent">Signals that it sent.</param>
/// <param name="Delivered">Messages that reached it.</param>
/// <param name="Lost">Messages to it that the link models lost.</param>
/// <param name="Missing">Messages to it that never came: the network lost them, or their sender conflated them.</param>
/// <param name="Waiting">Messages that have come and wait for their time.</param>
public sealed record SliceStatus(
    int Slice, string Name, int Incarnation, bool Alive, long Sent, long Delivered, long Lost, long Missing, long Waiting)
{
    /// <summary>Where it is hosted; known to the one who asked, and not sent along.</summary>
    public string Node { get; init; } = "";
}

/// <summary>A run and those of its slices that are hosted.</summary>
/// <param name="Run">Names the run.</param>
/// <param name="Coordinator">The node that directs it.</param>
/// <param name="Slices">The slices, by index.</param>
public sealed record RunStatus(string Run, string Coordinator, IReadOnlyList<SliceStatus> Slices);

/// <summary>What a node reports of itself to any process that asks.</summary>
/// <param name="Place">Where it listens.</param>
/// <param name="Members">The members of the cluster as it sees them.</param>
/// <param name="Runs">What it hosts.</param>
internal sealed record NodeStatus(string Place, IReadOnlyList<MemberView> Members, IReadOnlyList<RunStatus> Runs);

/// <summary>A member of the cluster as one node sees it.</summary>
/// <param name="Place">Where it listens.</param>
/// <param name="Roles">What it is there for.</param>
/// <param name="Status">How far it has joined or left.</param>
/// <param name="Reachable">Whether messages from it arrive.</param>
public sealed record MemberView(string Place, IReadOnlyList<string> Roles, string Status, bool Reachable);
