using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;

namespace Nudge.Interventions;

/// <summary>
/// What is done to one of the nodes that a run has started. It changes no condition of the network: in virtual time the run ends
/// in the same bits wherever it is made, and also where there are no nodes.
/// </summary>
public abstract record NodeIntervention : InterventionSettings
{
    /// <summary>Which node, from 1, in the order in which the run has started them.</summary>
    [Range(1, 1024)]
    public required int Node { get; init; }

    /// <inheritdoc/>
    public override void Check(string path, InterventionTargets targets, IFindings findings)
    {
        // How many nodes there are is known only when the run starts them.
    }
}

/// <summary>Ends the process of a node at once, as a loss of power does.</summary>
public sealed record KillNode : NodeIntervention
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => $"node {Node}: killed";

    internal sealed class Kind() : Definition("kill-node", "Ends the process of a node that the run has started, at once.", typeof(KillNode))
    {
        internal static readonly Kind Instance = new();
    }
}

/// <summary>Has the process of a node stand still: it answers nothing, and its connections stay open.</summary>
public sealed record StopNode : NodeIntervention
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => $"node {Node}: stands still";

    internal sealed class Kind() : Definition(
        "stop-node", "Has the process of a node that the run has started stand still, until continue-node.", typeof(StopNode))
    {
        internal static readonly Kind Instance = new();
    }
}

/// <summary>Has a process that stands still go on.</summary>
public sealed record ContinueNode : NodeIntervention
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => $"node {Node}: goes on";

    internal sealed class Kind() : Definition("continue-node", "Has a node that stands still go on.", typeof(ContinueNode))
    {
        internal static readonly Kind Instance = new();
    }
}

/// <summary>Has a node leave the cluster in order: it hands its slices over first.</summary>
public sealed record LeaveNode : NodeIntervention
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => Kind.Instance;

    /// <inheritdoc/>
    public override string Words => $"node {Node}: asked to leave";

    internal sealed class Kind() : Definition("leave-node", "Has a node that the run has started leave the cluster in order.", typeof(LeaveNode))
    {
        internal static readonly Kind Instance = new();
    }
}

/// <summary>The nodes that a run has started.</summary>
public interface INodeControl
{
    /// <summary>Does what an intervention says, at once and without an exception.</summary>
    /// <param name="intervention">What to do.</param>
    void Do(NodeIntervention intervention);

    /// <summary>The number of the node at a place, from 1; null where the run has not started it.</summary>
    /// <param name="place">HOST:PORT.</param>
    int? NumberOf(string place);
}
