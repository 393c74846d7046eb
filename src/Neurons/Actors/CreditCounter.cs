using Nudge.Signals;

namespace Nudge.Actors;

/// <summary>Credits the sources of a slice that are on other nodes for what it has received of them.</summary>
/// <param name="slice">Index of the slice.</param>
internal sealed class CreditCounter(int slice)
{
    private readonly Dictionary<int, int> _received = [];

    /// <summary>Counts a message from another node.</summary>
    /// <returns>The credit that is due to its sender, or null: one is due at intervals.</returns>
    internal Credit? Count(in ActivitySignal signal)
    {
        int received = _received.GetValueOrDefault(signal.Source) + 1;
        _received[signal.Source] = received % SendWindow.CreditEvery;
        return received == SendWindow.CreditEvery ? new Credit(slice, signal.Sequence) : null;
    }
}
