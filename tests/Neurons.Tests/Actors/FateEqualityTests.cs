using CsCheck;
using Nudge.Actors;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Neurons.Tests.Links;
using Nudge.Signals;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>Virtual time draws fates where a message is sent, actors where it arrives: the fates are the same.</summary>
public sealed class FateEqualityTests
{
    // Cuts depend on the time of the end that draws; the engines' times differ.
    private static Gen<ActivityLinkSettings> Link { get; } =
        LedgerTests.Link.Select(link => link with { Partitions = LinkSettings.Ideal.Partitions });

    [Fact]
    public void Actors_lose_the_very_messages_that_virtual_time_loses() => Gen.Select(Link, Gen.ULong[0, 1000]).Sample(
        (link, seed) =>
        {
            NetworkSettings settings = SmallNetwork.Settings(3, 6, 2) with
            {
                Seed = seed,
                Links = new()
                {
                    Activity = link,
                    Control = new() { Loss = link.Loss, Duplicate = link.Duplicate, Retry = false },
                },
            };
            (VirtualEngine engine, _, NetworkPlan network) =
                SmallNetwork.Prepare(settings, 4, VectorExamples.Spread(4, 3, 2));
            var delivered = new Delivered();
            engine.Recorder = delivered;
            SmallNetwork.RunToEnd(engine);
            Dictionary<string, LedgerEntry> rows = engine.Ledger().ToDictionary(row => row.Link);
            foreach (LinkPlan plan in network.Links)
                CompareActivity(network, plan, rows[plan.Projection.Name], delivered.Of(plan));
            foreach (ControlPlan channel in ControlPlan.Of(network))
                CompareControl(network, channel, rows[channel.LedgerRow]);
        },
        iter: 40);

    private static void CompareActivity(NetworkPlan network, LinkPlan plan, LedgerEntry row, HashSet<long> delivered)
    {
        var receiver = new SliceHost(network, plan.Target, lag: 0);
        long lost = 0;
        for (long sequence = 1; sequence <= row.Sent; sequence++)
        {
            receiver.Receive(Activity(plan, sequence));
            long lostNow = receiver.Counters().Received.Single(report => report.Link == plan.Index).Fates.Lost;
            Assert.True(lostNow == lost || !delivered.Contains(sequence), $"{plan.Projection.Name}, message {sequence}");
            lost = lostNow;
        }

        LinkReport report = receiver.Counters().Received.Single(one => one.Link == plan.Index);
        Assert.Equal((row.Lost, row.Duplicates), (report.Fates.Lost, report.Fates.Duplicated));
        Assert.Equal(row.Sent - row.Lost + row.Duplicates, report.InFlight);
        Assert.Equal(0, report.Received.Missing);
    }

    private static void CompareControl(NetworkPlan network, ControlPlan channel, LedgerEntry row)
    {
        var receiver = new SliceHost(network, channel.Target, lag: 0);
        var signal = new PhaseSignal(PhaseTag.Before(1));
        for (long number = 0; number < row.Sent; number++)
            receiver.Receive(new ControlMessage(channel.Index, number, signal));
        LinkReport report = receiver.Counters().Control.Single(one => one.Link == channel.Index);
        Assert.Equal((row.Lost, row.Duplicates), (report.Fates.Lost, report.Fates.Duplicated));
    }

    private static ActivityMessage Activity(LinkPlan plan, long sequence) => new(new ActivitySignal(
        plan.Source.Index,
        0,
        sequence,
        PhaseTag.Before(1),
        PhaseNumber.None,
        PhaseNumber.None,
        ActivityFrame.Of(new float[plan.Source.Count])), 0, true);

    private sealed class Delivered : IEventRecorder
    {
        private readonly Dictionary<int, HashSet<long>> _sequences = [];

        public void Activity(LinkPlan link, in ActivitySignal signal, double transit) => Of(link).Add(signal.Sequence);

        public void Control(SlicePlan slice, ControlSignal signal)
        {
        }

        public void Step(SlicePlan slice, float elapsed)
        {
        }

        internal HashSet<long> Of(LinkPlan link) =>
            _sequences.TryGetValue(link.Index, out HashSet<long>? known) ? known : _sequences[link.Index] = [];
    }
}
