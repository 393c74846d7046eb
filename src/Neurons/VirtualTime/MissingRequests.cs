using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>
/// Negative acknowledgements of links that carry changes: a receiver that finds a gap in a sender's numbers asks it to send
/// all units once.
/// </summary>
internal sealed class MissingRequests(NetworkPlan network) : IStateful
{
    private readonly LinkPlan[] _links = [.. network.Links];
    private readonly ReturnLinks _requests = new(network, EventKind.ActivityRequest, "requests");
    private readonly long[] _newest = new long[network.Links.Count];

    /// <summary>Notes the number of a message that has arrived, and asks for what is missing before it.</summary>
    internal void Note(int link, long sequence, TimingWheel wheel)
    {
        bool gap = sequence > _newest[link] + 1;
        _newest[link] = Math.Max(_newest[link], sequence);
        if (gap)
            _requests.Send(new(link, sequence), wheel);
    }

    /// <summary>Ends a request at the sender, which sends all units at its next step.</summary>
    internal void Arrive(int place, SliceExecution slices) =>
        slices.SendAllAtNextStep(_links[_requests.Arrive(place).Link].Source.Index);

    /// <summary>Adds the requests of every link to the ledger.</summary>
    internal void AddTo(Ledger ledger) => _requests.AddTo(ledger);

    /// <summary>From now on links treat their messages as these conditions say.</summary>
    internal void Use(NetworkConditions conditions) => _requests.Use(conditions);

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.Section(1, "requests", _requests);
        state.Integers(2, _newest);
    }
}
