namespace Nudge.Bench.Wire;

/// <summary>How far a sender may be ahead of the receiver, so that nothing between them grows without bound.</summary>
internal static class WireWindow
{
    /// <summary>The receiver answers after so many messages.</summary>
    internal const int Acknowledged = 32;

    private const int MostMessages = 2048;
    private const int MostBytes = 8 << 20;

    /// <summary>Messages that may be under way.</summary>
    internal static int Of(int values) =>
        Math.Min(MostMessages, MostBytes / (values * sizeof(float)) / Acknowledged * Acknowledged);
}
