using Akka.Actor;
using Nudge.Signals;

namespace Nudge.Actors;

/// <summary>Credits the sources of a slice that live on other nodes for what it has heard of them.</summary>
/// <param name="slice">Index of the slice.</param>
internal sealed class CreditCounter(int slice)
{
    private readonly Dictionary<int, int> _heard = [];

    /// <summary>Counts a message, and credits its sender now and then.</summary>
    internal void Count(in ActivitySignal signal, IActorRef sender)
    {
        if (!Outlets.IsElsewhere(sender))
            return;
        int heard = _heard.GetValueOrDefault(signal.Source) + 1;
        _heard[signal.Source] = heard % Outlet.CreditEvery;
        if (heard == Outlet.CreditEvery)
            sender.Tell(new Credit(slice, signal.Sequence));
    }
}
