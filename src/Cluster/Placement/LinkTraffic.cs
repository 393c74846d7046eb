namespace Nudge.Placement;

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
