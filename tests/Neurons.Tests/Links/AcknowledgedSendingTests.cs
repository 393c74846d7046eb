using CsCheck;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Signals;
using Nudge.State;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Links;

/// <summary>Activity that is sent again until acknowledged.</summary>
public sealed class AcknowledgedSendingTests
{
    private static readonly VectorExamples Corners = VectorExamples.Corners(3);

    [Fact]
    public void With_room_for_all_messages_on_ideal_links_it_learns_the_same_bits()
    {
        (float[] every, _) = Run(Settings(new(), new()), 60);
        (float[] acknowledged, _) = Run(Settings(new() { When = SendWhen.Acknowledged, Window = 1000 }, new()), 60);
        Assert.Equal(every, acknowledged);
    }

    /// <summary>
    /// Whatever is lost, delayed and duplicated: every message but the last ones arrives, and none is sent while as many as the
    /// window allows lack an acknowledgement, so that first arrivals are never more than the window out of order.
    /// </summary>
    [Fact]
    public void Every_message_arrives_and_no_more_than_the_window_are_under_way() =>
        Gen.Select(Gen.Double[0, 0.7], Gen.Double[0.05, 3], Gen.Double[0.3, 4], Gen.Int[1, 4], Gen.UInt).Sample(
            (loss, delay, after, window, seed) =>
            {
                LinkSettings link = new()
                {
                    Delay = new ExponentialDelay { Mean = delay },
                    Loss = new IndependentLoss { Rate = loss },
                    Duplicate = 0.1,
                };
                var send = new SendSettings { When = SendWhen.Acknowledged, Window = window, RetransmitAfter = after };
                (VirtualEngine engine, _, _) = SmallNetwork.Prepare(Settings(send, link) with { Seed = seed }, 6, Corners);
                var arrivals = new FirstArrivals();
                engine.Recorder = arrivals;
                SmallNetwork.RunToEnd(engine);
                Assert.NotEmpty(arrivals.ByLink);
                foreach (List<long> numbers in arrivals.ByLink.Values)
                {
                    // A sender counts its signals, and not all of them go along every link: their order is what counts.
                    long newest = 0;
                    int before = 0;
                    foreach (long number in numbers)
                    {
                        before = number > newest ? 0 : before + 1;
                        newest = Math.Max(newest, number);
                        Assert.True(before < window, $"{before} messages arrived after a newer one, window {window}");
                    }
                }

                Assert.All(engine.Ledger(), row => Assert.Equal(0, row.Unaccounted));
            }, iter: 60);

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    public void Loss_makes_fewer_states_and_more_messages_for_each(double loss)
    {
        SendSettings send = new() { When = SendWhen.Acknowledged };
        IReadOnlyList<LedgerEntry> without = Run(Settings(send, new()), 60).Ledger;
        IReadOnlyList<LedgerEntry> with = Run(Settings(send, new() { Loss = new IndependentLoss { Rate = loss } }), 60).Ledger;
        Assert.True(Delivered(with) < Delivered(without));
        Assert.True(Sent(with) / (double)Delivered(with) > 1 + (loss / 2));
        Assert.Contains(with, row => row.Link == "in-hidden.acknowledgements" && row.Lost > 0);
    }

    [Fact]
    public void A_run_that_is_saved_and_restored_between_goes_on_to_the_same_bits()
    {
        NetworkSettings settings = Settings(
            new() { When = SendWhen.Acknowledged, Window = 2 },
            new() { Delay = new ExponentialDelay { Mean = 0.5 }, Loss = new IndependentLoss { Rate = 0.3 }, Duplicate = 0.2 });
        (VirtualEngine whole, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 40, Corners);
        SmallNetwork.RunToEnd(whole);
        (VirtualEngine first, _, _) = SmallNetwork.Prepare(settings, 40, Corners);
        for (int phase = 0; phase < 31; phase++)
            first.RunPhase();
        byte[] saved = StateBytes.Of("engine", first);
        (VirtualEngine second, _, _) = SmallNetwork.Prepare(settings, 40, Corners);
        StateBytes.Restore(saved, "engine", second);
        SmallNetwork.RunToEnd(second);
        Assert.Equal(SmallNetwork.Weights(network, whole.Slices), SmallNetwork.Weights(network, second.Slices));
        Assert.Equal(whole.EventHash, second.EventHash);
        Assert.Equal(whole.Ledger(), second.Ledger());
    }

    private static long Sent(IReadOnlyList<LedgerEntry> ledger) => Activity(ledger).Sum(row => row.Sent);

    private static long Delivered(IReadOnlyList<LedgerEntry> ledger) => Activity(ledger).Sum(row => row.Delivered);

    private static IEnumerable<LedgerEntry> Activity(IReadOnlyList<LedgerEntry> ledger) => ledger.Where(row =>
        !row.Link.StartsWith("coordinator", StringComparison.Ordinal)
        && !row.Link.EndsWith("acknowledgements", StringComparison.Ordinal));

    private static (float[] Weights, IReadOnlyList<LedgerEntry> Ledger) Run(NetworkSettings settings, int presentations)
    {
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, presentations, Corners);
        SmallNetwork.RunToEnd(engine);
        return (SmallNetwork.Weights(network, engine.Slices), engine.Ledger());
    }

    private static NetworkSettings Settings(SendSettings send, LinkSettings link) => SmallNetwork.Settings(6, 16, 3) with
    {
        Links = new()
        {
            Activity = new() { Delay = link.Delay, Loss = link.Loss, Duplicate = link.Duplicate, Send = send },
        },
    };

    private sealed class FirstArrivals : IEventRecorder
    {
        private readonly HashSet<(int, long)> _seen = [];

        public Dictionary<int, List<long>> ByLink { get; } = [];

        public void Activity(LinkPlan link, in ActivitySignal signal, double transit)
        {
            if (!_seen.Add((link.Index, signal.Sequence)))
                return;
            if (!ByLink.TryGetValue(link.Index, out List<long>? numbers))
                ByLink.Add(link.Index, numbers = []);
            numbers.Add(signal.Sequence);
        }

        public void Control(SlicePlan slice, ControlSignal signal)
        {
        }

        public void Step(SlicePlan slice, float elapsed)
        {
        }
    }
}
