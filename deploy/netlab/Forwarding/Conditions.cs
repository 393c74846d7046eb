namespace Nudge.Netlab.Forwarding;

/// <summary>How bad the network is.</summary>
internal sealed record Conditions
{
    internal TimeSpan Delay { get; init; }

    /// <summary>Delays are even within Delay ± this.</summary>
    internal TimeSpan Jitter { get; init; }

    /// <summary>The share of packets that are lost.</summary>
    internal double Loss { get; init; }

    /// <summary>Whether a packet may overtake those before it on its link.</summary>
    internal bool Reorder { get; init; }
}
