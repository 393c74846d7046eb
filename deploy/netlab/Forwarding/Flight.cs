namespace Nudge.Netlab.Forwarding;

/// <summary>A packet under way.</summary>
internal sealed record Flight(Link Link, byte[] Packet, long Admitted, long Due);
