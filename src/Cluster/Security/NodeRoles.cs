namespace Nudge.Security;

/// <summary>What members of a cluster are there for, as membership has it.</summary>
internal static class NodeRoles
{
    /// <summary>Nodes that host slices.</summary>
    internal const string Worker = "worker";

    /// <summary>Processes that direct a run.</summary>
    internal const string Coordinator = "coordinator";

    /// <summary>Nodes with a store.</summary>
    internal const string Store = "store";
}
