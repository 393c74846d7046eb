using Nudge.Networks;

namespace Nudge.Wire;

/// <summary>How long the longest message of a network is. Akka drops longer ones silently, so it is checked before a run.</summary>
internal static class FrameSize
{
    /// <summary>What Akka adds: the paths of sender and recipient, the manifest, and its own framing.</summary>
    internal const int Envelope = 2048;

    private const int Header = 128;
    private const int PathBytes = 512;
    private const int CounterBytes = 160;
    private const int SendWindowBytes = 16;

    /// <summary>Bytes of the longest message, its envelope included.</summary>
    internal static long Largest(NetworkPlan network, int experimentBytes)
    {
        long lanes = network.Settings.Lanes;
        long units = network.Slices.Max(slice => slice.Count);
        // The coordinator sends a population's whole stimulus or target to each of its slices.
        long shown = Math.Max(network.Input.Size, network.Output?.Size ?? 0);
        long answered = network.Slices.Max(slice => Math.Max(slice.Count, network.Settings.Classes));
        // One float for each value, one for each lane's importance and one for its strength.
        long values = sizeof(float) * lanes * (Math.Max(Math.Max(units, shown), answered) + 2);
        long counters = CounterBytes * (long)(network.Slices.Max(slice => network.LinksTo(slice).Count()) + 4);
        counters += SendWindowBytes * (long)network.Slices.Max(slice => network.LinksFrom(slice).Count());
        long directory = PathBytes * (long)(network.Slices.Count + 2);
        return Envelope + Header + Math.Max(Math.Max(values, counters), Math.Max(directory, experimentBytes));
    }

    /// <summary>Refuses a run some message of which would not fit.</summary>
    /// <exception cref="FrameTooSmallException">It would not.</exception>
    internal static void ThrowIfTooSmall(NetworkPlan network, int experimentBytes, int frameBytes)
    {
        long needed = Largest(network, experimentBytes);
        if (needed > frameBytes)
            throw new FrameTooSmallException(needed, frameBytes);
    }
}
