using Nudge.Links;
using Nudge.Phases;
using Nudge.Topology;

namespace Nudge.Networks;

/// <summary>What a control channel carries.</summary>
internal enum ControlKind
{
    Stimulus,
    Nudge,
    Phase,
}

/// <summary>One way from the coordinator to a slice.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Kind">What it carries.</param>
/// <param name="Target">The slice.</param>
/// <param name="Link">How its messages travel.</param>
/// <param name="Retries">Whether what is not acknowledged is sent again.</param>
internal sealed record ControlPlan(int Index, ControlKind Kind, SlicePlan Target, LinkSettings Link, bool Retries)
{
    /// <summary>Whether what is not acknowledged would be sent again where something can get lost.</summary>
    internal bool MayRetry { get; private init; }

    /// <summary>The ledger's row for all channels of this kind.</summary>
    internal string LedgerRow => $"coordinator.{Kind.ToString().ToLowerInvariant()}";

    internal static IReadOnlyList<ControlPlan> Of(NetworkPlan network)
    {
        LinksSettings links = network.Settings.Links;
        LinkSettings control = links.Control.ToLink();
        // Acknowledgements are worth their messages only where something can get lost.
        bool mayRetry = links.Control.Retry;
        bool retries = mayRetry && (control.Loss is not NoLoss || control.Partitions.Count > 0);
        var plans = new List<ControlPlan>();
        foreach (SlicePlan slice in network.SlicesOf(network.Input))
            plans.Add(new(plans.Count, ControlKind.Stimulus, slice, control, retries) { MayRetry = mayRetry });
        foreach (SlicePlan slice in network.Output is { } output ? network.SlicesOf(output) : [])
            plans.Add(new(plans.Count, ControlKind.Nudge, slice, control, retries) { MayRetry = mayRetry });
        if (network.Settings.Learning.Tags != TagTransport.Broadcast)
            return plans;
        foreach (SlicePlan slice in network.Slices)
            plans.Add(new(plans.Count, ControlKind.Phase, slice, links.Phase, false));
        return plans;
    }
}
