namespace Nudge.Netlab.Forwarding;

/// <summary>The one thing that a forwarder must know of a packet.</summary>
internal static class Ipv4
{
    private const int HeaderBytes = 20;

    /// <summary>The number of the host that a packet is for, or null if it is for none.</summary>
    internal static int? Destination(ReadOnlySpan<byte> packet) =>
        packet.Length >= HeaderBytes && packet[0] >> 4 == 4 && packet[16..19].SequenceEqual<byte>([10, 77, 0])
            ? packet[19]
            : null;
}
