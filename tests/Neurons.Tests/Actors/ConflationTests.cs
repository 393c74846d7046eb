using CsCheck;
using Nudge.Actors;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>A sender, a window, a link that loses, a receiver that credits, and the counters of all of them.</summary>
public sealed class ConflationTests
{
    private static readonly NetworkPlan Network = NetworkCompiler.Compile(SmallNetwork.Settings(4, 8, 3), 100);
    private static readonly LinkPlan Link = Network.Links.First(link => link.Source.Index == 0);

    private enum Event
    {
        Send,
        Arrive,
        Lose,
        CreditArrives,
        CreditIsLost,
        KeepAlive,
    }

    private static Gen<(Event What, int Times)[]> Any { get; } =
        Gen.Select(Gen.Enum<Event>(), Gen.Int[1, 60]).Array[0, 60];

    private static Gen<(Event What, int Times)[]> WithoutLoss { get; } =
        Gen.Select(Gen.Enum<Event>().Where(what => what != Event.Lose), Gen.Int[1, 60]).Array[0, 60];

    [Fact]
    public void No_counter_is_negative_and_no_more_is_under_way_than_the_window_allows() => Any.Sample(events =>
    {
        var way = new Way();
        foreach ((Event what, int times) in events)
        {
            for (int i = 0; i < times; i++)
                way.Happen(what);
            LedgerEntry entry = way.Close();
            Assert.True(entry.RealLost >= 0 && entry.RealLost <= way.Lost, $"{entry}");
            Assert.True(entry.Unaccounted >= way.UnderWay, $"{entry}");
            Assert.True(entry.Unaccounted <= way.UnderWay + way.Lost, $"{entry}");
            Assert.InRange(way.UnderWay, 0, SendWindow.Window + way.GivenUp);
        }
    });

    [Fact]
    public void Once_the_link_is_whole_the_last_value_comes_through_and_the_counters_balance() => Any.Sample(events =>
    {
        var way = new Way();
        foreach ((Event what, int times) in events)
        {
            for (int i = 0; i < times; i++)
                way.Happen(what);
        }

        way.Happen(Event.Send);
        long last = way.Sent;
        way.Calm();
        // The loss of a last message cannot be detected, so the receiver must have received it.
        Assert.Equal(last, way.Received);
        LedgerEntry entry = way.Close();
        Assert.Equal((0, way.Lost, 0), (entry.Unaccounted, entry.RealLost, entry.InFlight));
        Assert.Equal(entry.Sent, entry.Delivered + entry.Conflated + entry.RealLost);
    });

    [Fact]
    public void A_link_that_loses_nothing_always_balances_once_it_is_still() => WithoutLoss.Sample(events =>
    {
        var way = new Way();
        foreach ((Event what, int times) in events)
        {
            for (int i = 0; i < times; i++)
                way.Happen(what);
            LedgerEntry entry = way.Close();
            Assert.Equal((way.UnderWay, 0), (entry.Unaccounted, entry.RealLost));
        }
    });

    [Fact]
    public void What_a_dead_sender_or_receiver_reported_long_ago_makes_no_counter_negative() => Any.Sample(events =>
    {
        var way = new Way();
        var reports = new List<(SliceCounters Sender, SliceCounters Receiver)>();
        foreach ((Event what, int times) in events)
        {
            reports.Add((way.SenderCounters(), way.ReceiverCounters()));
            for (int i = 0; i < times; i++)
                way.Happen(what);
        }

        foreach ((SliceCounters sender, SliceCounters receiver) in reports)
        {
            SliceCounters dead = sender with { SendWindows = [.. sender.SendWindows.Select(window => window with { Waits = false })] };
            LedgerEntry[] entries =
                [Way.Close(dead, way.ReceiverCounters()), Way.Close(way.SenderCounters(), receiver)];
            foreach (LedgerEntry entry in entries)
                Assert.True(entry.RealLost >= 0 && entry.Unaccounted >= 0, $"{entry}");
        }
    });

    private sealed class Way
    {
        private readonly SliceHost _sender = new(Network, Link.Source, lag: 0);
        private readonly SliceHost _receiver = new(Network, Link.Target, lag: 0);
        private readonly Queue<ActivityMessage> _wire = new();
        private readonly Queue<long> _credits = new();
        private readonly SendWindow _window;
        private int _uncredited;

        internal Way() => _window = new(message => _wire.Enqueue((ActivityMessage)message));

        internal long Sent => _sender.Sent;

        internal long Received { get; private set; }

        internal long Lost { get; private set; }

        internal long UnderWay => _wire.Count;

        /// <summary>Messages that the window took for lost.</summary>
        internal int GivenUp { get; private set; }

        internal void Happen(Event what)
        {
            switch (what)
            {
                case Event.Send:
                    _window.Send(_sender.Send(awake: true));
                    break;
                case Event.Arrive when _wire.TryDequeue(out ActivityMessage? message):
                    _receiver.Receive(message);
                    Received = message.Signal.Sequence;
                    Credit();
                    break;
                case Event.Lose when _wire.TryDequeue(out _):
                    Lost++;
                    break;
                case Event.CreditArrives when _credits.TryDequeue(out long received):
                    _window.Credit(received);
                    break;
                case Event.CreditIsLost:
                    _credits.TryDequeue(out _);
                    break;
                case Event.KeepAlive:
                    (int before, bool waited) = (_window.Uncredited, _window.Waits);
                    _window.KeepAlive();
                    GivenUp += before - _window.Uncredited + (waited && !_window.Waits ? 1 : 0);
                    break;
            }
        }

        internal void Calm()
        {
            while (_window.Waits || _wire.Count > 0)
            {
                Happen(Event.Arrive);
                Happen(Event.CreditArrives);
                Happen(Event.KeepAlive);
            }
        }

        internal SliceCounters SenderCounters() => _sender.Counters() with
        {
            SendWindows = [new(Link.Target.Index, _window.Conflated, _window.Waits)],
        };

        internal SliceCounters ReceiverCounters()
        {
            _receiver.ReceiveAll();
            return _receiver.Counters();
        }

        internal LedgerEntry Close() => Close(SenderCounters(), ReceiverCounters());

        internal static LedgerEntry Close(SliceCounters sender, SliceCounters receiver) =>
            ActorLedger.CloseActivity(Network, [sender, receiver]).Single(entry => entry.Link == Link.Projection.Name);

        private void Credit()
        {
            if (++_uncredited < SendWindow.CreditEvery)
                return;
            _uncredited = 0;
            _credits.Enqueue(Received);
        }
    }
}
