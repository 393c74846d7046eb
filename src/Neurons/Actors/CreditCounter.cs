using Akka.Actor;
using Nudge.Signals;

namespace Nudge.Actors;

/// <summary>Credits the sources of a slice that are on other nodes for what it has received of them.</summary>
/// <param name="slice">Index of the slice.</param>
internal sealed class CreditCounter(int slice)
{
    private readonly Dictionary<int, int> _received = [];

    /// <summary>Counts a message, and credits its sender at intervals.</summary>
    internal void Count(in ActivitySignal signal, IActorRef sender)
    {
        if (!SendWindows.IsElsewhere(sender))
            return;
        int received = _received.GetValueOrDefault(signal.Source) + 1;
        _received[signal.Source] = received % SendWindow.CreditEvery;
        if (received == SendWindow.CreditEvery)
            sender.Tell(new Credit(slice, signal.Sequence));
    }
}
