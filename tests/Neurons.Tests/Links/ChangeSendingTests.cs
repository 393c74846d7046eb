using CsCheck;
using Nudge.Links;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.State;
using Nudge.Testing;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Links;

/// <summary>Slices that send a unit's activity when it has changed, and not at every step.</summary>
public sealed class ChangeSendingTests
{
    private static readonly VectorExamples Corners = VectorExamples.Corners(3);

    [Fact]
    public void With_a_threshold_of_zero_on_ideal_links_it_learns_the_same_bits_with_fewer_messages()
    {
        (float[] every, long everyStep) = Run(Settings(null), 60);
        (float[] changes, long onChange) = Run(Settings(new() { When = SendWhen.Change, Threshold = 0 }), 60);
        Assert.Equal(every, changes);
        Assert.True(onChange < 0.9 * everyStep, $"{onChange} messages of {everyStep}");
    }

    [Fact]
    public void Units_that_send_two_values_send_what_has_changed_of_both()
    {
        const string Network = "predictive-coding, isd";
        NetworkSettings settings = EveryModel.Settings(Network);
        VirtualEngine[] engines = [.. new SendSettings?[] { null, new() { When = SendWhen.Change, Threshold = 0 } }.Select(send =>
        {
            NetworkSettings sending = send is null ? settings : settings with { Links = new() { Activity = new() { Send = send } } };
            VirtualEngine engine = SmallNetwork.Engine(sending, 60, EveryModel.Examples(Network));
            SmallNetwork.RunToEnd(engine);
            return engine;
        })];
        PopulationSlice[][] slices = [.. engines.Select(engine => engine.Slices.ToArray())];
        for (int slice = 0; slice < slices[0].Length; slice++)
        {
            for (int group = 0; group < slices[0][slice].Synapses.Length; group++)
                Assert.Equal(slices[0][slice].Synapses[group].Weights.Storage.ToArray(), slices[1][slice].Synapses[group].Weights.Storage.ToArray());
        }
    }

    [Fact]
    public void A_larger_threshold_sends_fewer_messages_and_a_keep_alive_more()
    {
        long[] sent =
        [
            .. ((SendSettings[])
            [
                new() { When = SendWhen.Change, Threshold = 0.001 },
                new() { When = SendWhen.Change, Threshold = 0.1 },
                new() { When = SendWhen.Change, Threshold = 0.1, KeepAlive = 2 },
            ]).Select(send => Run(Settings(send), 60).Sent),
        ];
        Assert.True(sent[1] < sent[0] && sent[1] < sent[2], string.Join(", ", sent));
    }

    /// <summary>The first message, which carries all, is lost; the next one, of another phase, shows that one is missing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_lost_is_asked_for_once_a_later_message_shows_the_gap(bool asks)
    {
        NetworkSettings settings = Settings(new() { When = SendWhen.Change, RequestMissing = asks }) with
        {
            Phases = new() { PerStimulus = 100, Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 12 } },
        };
        VirtualEngine engine = RunAfterACutAtTheStart(settings);
        float[] shown = new float[6];
        engine.Slices.Single(slice => slice.Plan.Population.Name == "in").CopyActivity(shown);
        ReadOnlySpan<float> received = engine.Slices.Single(slice => slice.Plan.Population.Name == "hidden").Synapses[0].Received;
        Assert.Contains(shown, value => value > 0);
        Assert.Equal(asks ? shown : new float[6], received.ToArray());
        Assert.Equal(asks, engine.Ledger().Any(row => row.Link == "in-hidden.requests" && row.Delivered > 0));
        Assert.All(engine.Ledger(), row => Assert.Equal(0, row.Unaccounted));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void What_was_lost_stays_lost_until_it_changes_again_or_is_kept_alive(double keepAlive)
    {
        // All is sent as one change at the start, and lost there; the stimulus then stands still for a hundred phases.
        VirtualEngine engine = AfterACutAtTheStart(new() { When = SendWhen.Change, KeepAlive = keepAlive });
        float[] shown = new float[6];
        engine.Slices.Single(slice => slice.Plan.Population.Name == "in").CopyActivity(shown);
        ReadOnlySpan<float> received = engine.Slices.Single(slice => slice.Plan.Population.Name == "hidden").Synapses[0].Received;
        Assert.Contains(shown, value => value > 0);
        Assert.Equal(keepAlive > 0 ? shown : new float[6], received.ToArray());
    }

    [Fact]
    public void What_was_lost_is_sent_again_where_the_trace_of_it_decays()
    {
        VirtualEngine engine = AfterACutAtTheStart(new() { When = SendWhen.Change, Threshold = 0.1, Trace = 20 });
        float[] shown = new float[6];
        engine.Slices.Single(slice => slice.Plan.Population.Name == "in").CopyActivity(shown);
        float[] received =
            engine.Slices.Single(slice => slice.Plan.Population.Name == "hidden").Synapses[0].Received.ToArray();
        Assert.Contains(shown, value => value > 0);
        // The two clocks differ, and what was sent last may still be under way.
        Assert.All(shown.Zip(received), pair => Assert.InRange(pair.First - pair.Second, -0.01, 0.15));
    }

    /// <summary>With one clock and no delay a receiver is never off by more than the threshold, nor by more than what decays.</summary>
    [Fact]
    public void A_trace_that_decays_at_both_ends_is_the_same_at_both() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 40], Gen.Double[0.5, 50], Gen.Int).Sample((values, steps, trace, seed) =>
        {
            const double threshold = 0.1;
            var random = new Random(seed);
            var sender = new ChangeSender(new() { When = SendWhen.Change, Threshold = threshold, Trace = trace }, values);
            var receiver = new ChangeBuffer(1, values, trace);
            var phase = new PhaseTag(new(0, 1), 1, [1f]);
            float[] activity = new float[values];
            double now = 0;
            for (int step = 1; step <= steps; step++)
            {
                now += random.NextDouble();
                foreach (ref float value in activity.AsSpan())
                    value = random.Next(4) == 0 ? random.NextSingle() : value;
                activity.CopyTo(sender.Present);
                receiver.TryDecay(now);
                if (sender.IsDue(phase.Phase, phase.Phase, phase.Phase, now))
                {
                    var frame = ActivityFrame.Of(new float[values]);
                    sender.Fill(frame);
                    receiver.Post(new(0, 0, step, phase, phase.Phase, phase.Phase, frame), now);
                    receiver.TakeIn(phase.Phase);
                }

                Assert.All(activity.Zip(receiver.Values.ToArray()), pair =>
                    Assert.InRange(Math.Abs(pair.First - pair.Second), 0, threshold));
            }

            // Nothing is sent any more, as if all were lost: what was held is forgotten.
            receiver.TryDecay(now + (20 * trace));
            Assert.All(receiver.Values.ToArray(), value => Assert.Equal(0, value));
        });

    /// <summary>In whatever order messages arrive, and however often: what is known is the newest that arrived of each value.</summary>
    [Fact]
    public void Each_value_is_the_newest_that_arrived_of_it() =>
        Gen.Select(Gen.Int[1, 80], Gen.Int[1, 12], Gen.Int).Sample((values, messages, seed) =>
        {
            var random = new Random(seed);
            var buffer = new ChangeBuffer(1, values, trace: 0);
            float[] expected = new float[values];
            long[] newest = new long[values];
            var phase = new PhaseTag(new(0, 1), 1, [1f]);
            int[] order = [.. Enumerable.Range(1, messages).Concat(Enumerable.Range(1, messages / 2))];
            random.Shuffle(order);
            foreach (int sequence in order)
            {
                // The content follows from the number, so that a duplicate is the same message.
                var content = new Random(seed ^ (sequence * 7919));
                float[] sent = [.. Enumerable.Range(0, values).Select(_ => content.NextSingle())];
                long[] carried = [.. Enumerable.Range(0, ActivityFrame.WordsOf(values)).Select(_ => content.NextInt64())];
                var frame = ActivityFrame.Of(sent);
                frame.Carry(carried);
                buffer.Post(new(0, 0, sequence, phase, phase.Phase, phase.Phase, frame), 0);
                if (random.Next(3) == 0)
                    buffer.TakeIn(phase.Phase);
                for (int i = 0; i < values; i++)
                {
                    if (!frame.Carries(i) || newest[i] > sequence)
                        continue;
                    (expected[i], newest[i]) = (sent[i], sequence);
                }
            }

            buffer.TakeIn(phase.Phase);
            Assert.Equal(expected, buffer.Values.ToArray());
        });

    [Fact]
    public void A_run_that_is_saved_and_restored_between_goes_on_to_the_same_bits()
    {
        NetworkSettings settings = Settings(new() { When = SendWhen.Change, Threshold = 0.02, KeepAlive = 7, Trace = 30, RequestMissing = true }) with
        {
            Links = SmallNetwork.Faulty with
            {
                Activity = SmallNetwork.Faulty.Activity with { Send = new() { When = SendWhen.Change, Threshold = 0.02, KeepAlive = 7, Trace = 30, RequestMissing = true } },
            },
        };
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
    }

    private static (float[] Weights, long Sent) Run(NetworkSettings settings, int presentations)
    {
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, presentations, Corners);
        SmallNetwork.RunToEnd(engine);
        return (SmallNetwork.Weights(network, engine.Slices), engine.Ledger().Sum(link => link.Sent));
    }

    private static VirtualEngine AfterACutAtTheStart(SendSettings send) => RunAfterACutAtTheStart(Settings(send) with
    {
        Phases = new() { PerStimulus = 100, Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 12 } },
    });

    private static VirtualEngine RunAfterACutAtTheStart(NetworkSettings settings)
    {
        settings = settings with
        {
            Links = settings.Links with
            {
                Overrides = new Dictionary<string, LinkSettings>
                {
                    ["in-hidden"] = new()
                    {
                        Partitions = new Dictionary<string, PartitionWindow> { ["cut"] = new() { From = 0, Until = 6 } },
                    },
                },
            },
        };
        (VirtualEngine engine, _, _) = SmallNetwork.Prepare(settings, 1, Corners);
        for (int phase = 0; phase < 6; phase++)
            engine.RunPhase();
        return engine;
    }

    private static NetworkSettings Settings(SendSettings? send)
    {
        NetworkSettings plain = SmallNetwork.Settings(6, 16, 3);
        return plain with { Links = new() { Activity = new() { Send = send ?? new() } } };
    }
}
