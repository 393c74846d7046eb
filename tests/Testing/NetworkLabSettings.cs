namespace Nudge.Testing;

/// <summary>The network of a lab: times as <c>20ms</c>.</summary>
public sealed record NetworkLabSettings
{
    public int Hosts { get; init; } = 2;

    /// <summary>The mean delay of a packet, one way.</summary>
    public string Delay { get; init; } = "0";

    public string Jitter { get; init; } = "0";

    /// <summary>The share of packets that are lost. TCP turns it into delay.</summary>
    public double Loss { get; init; }

    public ulong Seed { get; init; } = 1;
}
