using Nudge.Clocks;
using Nudge.Interventions;
using Nudge.Links;
using Nudge.Networks;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>
/// What sending until acknowledged adds to the links between slices: which messages have no acknowledgement yet, and when
/// they are sent again.
/// </summary>
internal sealed class AcknowledgedSending : IStateful
{
    private readonly LinkPlan[] _links;
    private readonly ReturnLinks _acknowledgements;
    private readonly ulong[] _timeoutOrder;
    private readonly int[] _open;
    private readonly HashSet<ReturnMessage> _waiting = [];
    private readonly Slab<AwaitedMessage> _sent = new();
    private readonly Dictionary<(int Source, long Sequence), SentSignal> _restored;
    private readonly int _lanes;
    private readonly long _after;
    private readonly int _window;

    /// <param name="network">The network.</param>
    /// <param name="restored">Signals under way that a state has given so far.</param>
    internal AcknowledgedSending(NetworkPlan network, Dictionary<(int Source, long Sequence), SentSignal> restored)
    {
        _restored = restored;
        SendSettings send = network.Settings.Links.Activity.Send;
        _links = [.. network.Links];
        _acknowledgements = new(network, EventKind.ActivityAcknowledgement, "acknowledgements");
        _timeoutOrder =
        [
            .. _links.Select(link => EventOrder.Of(EventKind.ActivityTimeout, link.Source.Population.Index, link.Source.First)),
        ];
        _open = new int[_links.Length];
        _lanes = network.Settings.Lanes;
        _after = Math.Max(1, Ticks.FromTau(send.RetransmitAfter));
        _window = send.Window;
    }

    /// <summary>Whether a link has room for one more message without an acknowledgement.</summary>
    internal bool HasRoom(int link) => _open[link] < _window;

    /// <summary>Notes a message that was sent for the first time.</summary>
    /// <param name="link">The link.</param>
    /// <param name="number">The link's own count of messages.</param>
    /// <param name="sent">The message.</param>
    /// <param name="wheel">Where its time-out is scheduled.</param>
    internal void Begin(int link, long number, SentSignal sent, TimingWheel wheel)
    {
        _open[link]++;
        _waiting.Add(new(link, sent.Sequence));
        AwaitAcknowledgement(link, number, sent, wheel);
    }

    /// <summary>Notes that a message was sent, for the first time or again, and when to look for its acknowledgement.</summary>
    internal void AwaitAcknowledgement(int link, long number, SentSignal sent, TimingWheel wheel)
    {
        sent.Hold();
        long ticket = (number * _links.Length) + link;
        wheel.Schedule(new(wheel.Now + _after, _timeoutOrder[link], ticket, _sent.Add(new(link, sent))));
    }

    /// <summary>Gives a message whose time is over without an acknowledgement; it is held for the caller.</summary>
    internal bool TryTakeOverdue(int place, out int link, out SentSignal sent)
    {
        (link, sent) = _sent.Take(place);
        if (_waiting.Contains(new(link, sent.Sequence)))
            return true;
        sent.Release();
        return false;
    }

    /// <summary>Sends the acknowledgement of a message that has arrived; of a second copy as well.</summary>
    internal void Acknowledge(int link, long sequence, TimingWheel wheel) => _acknowledgements.Send(new(link, sequence), wheel);

    /// <summary>Ends an acknowledgement at the sender.</summary>
    internal void Arrive(int place)
    {
        ReturnMessage message = _acknowledgements.Arrive(place);
        if (_waiting.Remove(message))
            _open[message.Link]--;
    }

    /// <summary>The messages that may be sent again, each with its link.</summary>
    internal IEnumerable<(int Link, SentSignal Sent)> Unacknowledged() => _sent.Values().Select(one => (one.Link, one.Sent));

    /// <summary>Adds the acknowledgements of every link to the ledger.</summary>
    internal void AddTo(Ledger ledger) => _acknowledgements.AddTo(ledger);

    /// <summary>From now on links treat their messages as these conditions say.</summary>
    internal void Use(NetworkConditions conditions) => _acknowledgements.Use(conditions);

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        if (state.IsRestoring)
        {
            _waiting.Clear();
            Array.Clear(_open);
        }

        state.Section(1, "acknowledgements", _acknowledgements);
        state.Section(2, "unacknowledged", sent => _sent.Describe(sent, Describe));
    }

    private void Describe(StateSection state, ref AwaitedMessage one)
    {
        int link = state.Index(1, one.Link, _links.Length);
        SentSignal sent = state.Sent(2, one.Sent, _lanes, _links[link].Source, _restored);
        one = new(link, sent);
        var message = new ReturnMessage(link, sent.Sequence);
        bool waits = state.Item(3, _waiting.Contains(message), "waits");
        if (state.IsRestoring && waits && _waiting.Add(message))
            _open[link]++;
    }

    private readonly record struct AwaitedMessage(int Link, SentSignal Sent);
}
