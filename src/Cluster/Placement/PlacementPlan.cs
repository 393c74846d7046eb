using System.Globalization;
using System.Text;
using Nudge.Networks;

namespace Nudge.Placement;

/// <summary>Which slice is on which node, and the traffic to expect of it.</summary>
/// <param name="Strategy">Name of the strategy.</param>
/// <param name="Nodes">Names of the nodes.</param>
/// <param name="NodeOf">Number of the node of each slice.</param>
/// <param name="Costs">Units times afferents of each slice.</param>
/// <param name="Traffic">What each projection's links carry per step.</param>
public sealed record PlacementPlan(
    string Strategy,
    IReadOnlyList<string> Nodes,
    IReadOnlyList<int> NodeOf,
    IReadOnlyList<long> Costs,
    IReadOnlyList<LinkTraffic> Traffic)
{
    private const double StepsPerSecond = 1000;

    /// <summary>Indices of the slices of one node.</summary>
    public IReadOnlyList<int> SlicesOn(int node) => [.. Enumerable.Range(0, NodeOf.Count).Where(slice => NodeOf[slice] == node)];

    /// <summary>The plan for people.</summary>
    /// <param name="network">The network that was placed.</param>
    public string ToText(NetworkPlan network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var text = new StringBuilder();
        Line(text, $"placement {Strategy}: {NodeOf.Count} slices on {Nodes.Count} nodes");
        for (int node = 0; node < Nodes.Count; node++)
        {
            IReadOnlyList<int> slices = SlicesOn(node);
            string names = slices.Count == 0 ? "nothing" : string.Join(", ", slices.Select(slice => network.Slices[slice].Name));
            Line(text, $"  node {node} {Nodes[node]}: {names}; cost {slices.Sum(slice => Costs[slice])}");
        }

        foreach (LinkTraffic link in Traffic)
        {
            double megabytes = link.BytesPerSecond(StepsPerSecond) / 1e6;
            string crossing = $"{link.Crossing} of {link.Links} messages a step cross";
            Line(text, $"  {link.Name}: {crossing}, {megabytes:0.00} MB/s at {StepsPerSecond} steps/s");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}

/// <summary>What the links of one projection are expected to carry when every slice steps once.</summary>
/// <param name="Name">The projection's direction.</param>
/// <param name="Links">Its links.</param>
/// <param name="Crossing">Those between two nodes.</param>
/// <param name="CrossingBytes">Bytes that cross between nodes, values and contract, without Akka's envelope.</param>
public sealed record LinkTraffic(string Name, int Links, int Crossing, long CrossingBytes)
{
    /// <summary>Bytes per second between nodes if slices step so often.</summary>
    public double BytesPerSecond(double stepsPerSecond) => CrossingBytes * stepsPerSecond;
}
