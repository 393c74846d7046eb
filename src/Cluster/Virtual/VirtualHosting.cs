using Akka.Actor;
using Nudge.Hosting;

namespace Nudge.Virtual;

/// <summary>How a node takes part in runs in virtual time.</summary>
public static class VirtualHosting
{
    /// <summary>Has a node take part in the runs that members ask for, until it leaves.</summary>
    /// <param name="node">The node, before it joins.</param>
    /// <param name="source">Compiles networks.</param>
    public static void StartOn(Node node, NetworkSource source)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(source);
        HostingLedger ledger = node.Ledger;
        node.StartService(
            frameBytes => Props.Create(() => new VirtualServiceActor(source, frameBytes, ledger)), VirtualServiceActor.Name);
    }
}
