using Nudge.Clocks;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.VirtualTime;

/// <summary>
/// What sending until acknowledged adds to the links between slices: which messages have no acknowledgement yet, when they
/// are sent again, and the way of the acknowledgements back, which are delayed and lost as the messages are.
/// </summary>
internal sealed class AcknowledgedSending : IStateful
{
    private readonly NetworkPlan _network;
    private readonly LinkPlan[] _links;
    private readonly LinkEnd[] _back;
    private readonly ulong[] _acknowledgementOrder;
    private readonly ulong[] _timeoutOrder;
    private readonly int[] _open;
    private readonly long[] _received;
    private readonly HashSet<Message> _waiting = [];
    private readonly Slab<Unacknowledged> _sent = new();
    private readonly Slab<Message> _inTransit = new();
    private readonly long _after;
    private readonly int _window;

    internal AcknowledgedSending(NetworkPlan network)
    {
        SendSettings send = network.Settings.Links.Activity.Send;
        _network = network;
        _links = [.. network.Links];
        _back = [.. _links.Select(link => link.CreateReturnEnd(network.Settings.Seed))];
        _acknowledgementOrder = [.. _links.Select(link => Order(EventKind.ActivityAcknowledgement, link.Source))];
        _timeoutOrder = [.. _links.Select(link => Order(EventKind.ActivityTimeout, link.Source))];
        _open = new int[_links.Length];
        _received = new long[_links.Length];
        _after = Math.Max(1, Ticks.FromTau(send.RetransmitAfter));
        _window = send.Window;
    }

    /// <summary>Whether a link has room for one more message without an acknowledgement.</summary>
    internal bool HasRoom(int link) => _open[link] < _window;

    /// <summary>Notes a message that is sent for the first time.</summary>
    internal void Begin(int link, long number, in ActivitySignal signal, TimingWheel wheel)
    {
        _open[link]++;
        _waiting.Add(new(link, signal.Sequence));
        AwaitFor(link, number, signal, wheel);
    }

    /// <summary>Notes that a message is sent, and when to look for its acknowledgement.</summary>
    internal void AwaitFor(int link, long number, in ActivitySignal signal, TimingWheel wheel)
    {
        signal.Frame.Hold();
        wheel.Schedule(new(wheel.Now + _after, _timeoutOrder[link], Ticket(link, number), _sent.Add(new(link, signal))));
    }

    /// <summary>Gives a message whose time is over without an acknowledgement; its frame is held for the caller.</summary>
    internal bool TryTakeOverdue(int place, out int link, out ActivitySignal signal)
    {
        (link, signal) = _sent.Take(place);
        if (_waiting.Contains(new(link, signal.Sequence)))
            return true;
        signal.Frame.Release();
        return false;
    }

    /// <summary>Sends the acknowledgement of a message that has arrived; of a second copy as well.</summary>
    internal void Acknowledge(int link, long sequence, TimingWheel wheel)
    {
        LinkFate fate = _back[link].Send(wheel.Now, out long number);
        if (fate.Lost != LossCause.None)
            return;
        ulong order = _acknowledgementOrder[link];
        wheel.Schedule(new(wheel.Now + fate.Delay, order, Ticket(link, number), _inTransit.Add(new(link, sequence))));
        if (fate.Duplicated)
            wheel.Schedule(new(wheel.Now + fate.DuplicateDelay, order, ~Ticket(link, number), _inTransit.Add(new(link, sequence))));
    }

    /// <summary>Ends an acknowledgement at the sender.</summary>
    internal void Arrive(int place)
    {
        Message message = _inTransit.Take(place);
        _received[message.Link]++;
        if (_waiting.Remove(message))
            _open[message.Link]--;
    }

    /// <summary>Adds the acknowledgements of every link to the ledger.</summary>
    internal void AddTo(Ledger ledger)
    {
        ILookup<int, Message> underWay = _inTransit.Values().ToLookup(message => message.Link);
        foreach (LinkPlan link in _links)
        {
            LinkCounters counters = _back[link.Index].Counters;
            ledger.Add(
                $"{link.Projection.Name}.acknowledgements",
                new(counters.Sent),
                new LinkReport(link.Index, counters, new(_received[link.Index], 0, 0), underWay[link.Index].Count()));
        }
    }

    internal void HoldPartitions(long time)
    {
        foreach (LinkEnd end in _back)
            end.HoldPartitions(time);
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        if (state.IsRestoring)
        {
            _waiting.Clear();
            Array.Clear(_open);
        }

        state.List(1, "ends", _back);
        state.Integers(2, _received);
        state.Section(3, "unacknowledged", sent => _sent.Describe(sent, Describe));
        state.Section(4, "journeys", journeys => _inTransit.Describe(journeys, DescribeMessage));
    }

    private static ulong Order(EventKind kind, SlicePlan slice) => EventOrder.Of(kind, slice.Population.Index, slice.First);

    private long Ticket(int link, long number) => (number * _links.Length) + link;

    private void Describe(StateSection state, ref Unacknowledged one)
    {
        int link = state.Index(1, one.Link, _links.Length);
        int lanes = _network.Settings.Lanes;
        ActivitySignal signal = state.Signal(2, one.Signal, lanes, lanes * _links[link].Source.Values);
        one = new(link, signal);
        var message = new Message(link, signal.Sequence);
        bool waits = state.Item(3, _waiting.Contains(message), "waits");
        if (state.IsRestoring && waits && _waiting.Add(message))
            _open[link]++;
    }

    private void DescribeMessage(StateSection state, ref Message message) =>
        message = new(state.Index(1, message.Link, _links.Length), state.Item(2, message.Sequence, "sequence"));

    private readonly record struct Message(int Link, long Sequence);

    private readonly record struct Unacknowledged(int Link, ActivitySignal Signal);
}
