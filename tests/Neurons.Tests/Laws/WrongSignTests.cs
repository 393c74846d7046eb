using Nudge.Clocks;
using Nudge.Links;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Models.ForwardForward;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Laws;

/// <summary>Learning under one sign from what was shown under the other (recipes, law 5).</summary>
public sealed class WrongSignTests
{
    [Theory]
    [InlineData(true, "exponential")]
    [InlineData(false, "exponential")]
    [InlineData(false, "constant")]
    public void A_sign_that_rides_on_activity_is_never_wrong_whatever_is_lost_or_late(bool gate, string law)
    {
        LearningTally learned = Learn(gate, TagTransport.PiggyBacked, law);
        Assert.True(learned.Positive > 100 && learned.Negative > 100, $"{learned}");
        Assert.Equal(0, learned.WrongSign);
    }

    [Theory]
    [InlineData("exponential", 10)]
    [InlineData("constant", 500)]
    public void A_sign_that_is_broadcast_is_often_wrong_behind_no_gate(string law, int atLeast)
    {
        LearningTally learned = Learn(gate: false, TagTransport.Broadcast, law);
        Assert.True(learned.WrongSign > atLeast, $"{learned}");
    }

    [Fact]
    public void The_gate_keeps_wrong_signs_out_where_they_are_broadcast()
    {
        LearningTally learned = Learn(gate: true, TagTransport.Broadcast, "exponential");
        Assert.True(learned.Gated > 50, $"{learned}");
        Assert.True(learned.Positive > 0, $"{learned}");
        Assert.Equal(0, learned.WrongSign);
    }

    [Theory]
    [InlineData("isd")]
    [InlineData("differential-isd")]
    [InlineData("paired")]
    public void A_slice_that_misses_a_phase_does_not_learn_from_those_that_received_it(string rule)
    {
        LearningTally gated = Miss(rule, gate: true);
        Assert.True(gated.Gated > 100, $"{gated}");
        Assert.True(gated.Positive > 100, $"{gated}");
        Assert.Equal(0, gated.WrongSign);
        // The same without the gate, or the law above would show nothing.
        LearningTally open = Miss(rule, gate: false);
        Assert.True(open.WrongSign > 20, $"{open}");
    }

    private static LearningTally Miss(string rule, bool gate)
    {
        NetworkSettings settings = SmallNetwork.Settings(6, 16, 3) with
        {
            Learning = new()
            {
                Rule = NamedSettings.Rule(rule, new EquilibriumPropagationSettings()),
                Gate = gate,
                Tags = TagTransport.Broadcast,
            },
            Links = new()
            {
                Activity = SmallNetwork.Faulty.Activity,
                Phase = new() { Loss = new IndependentLoss { Rate = 0.2 } },
            },
        };
        VirtualEngine engine = SmallNetwork.Engine(settings, 1000, VectorExamples.Corners(3));
        SmallNetwork.RunToEnd(engine);
        return engine.Slices.Aggregate(default(LearningTally), (sum, slice) => sum + slice.Learned);
    }

    private static LearningTally Learn(bool gate, TagTransport tags, string law)
    {
        NetworkSettings plain = SmallLayers.Settings(9, [12, 12], 3, 0.5);
        NetworkSettings settings = plain with
        {
            Learning = new() { Rule = new ForwardForwardIsdSettings(), Gate = gate, Tags = tags },
            Clocks = new() { Scope = ClockScope.Slice, Jitter = 0.2 },
            Links = new()
            {
                Activity = new()
                {
                    // One mean phase.
                    Delay = NamedSettings.Law<DelaySettings>(law, ("Mean", plain.Phases.Length.Mean)),
                    Loss = SmallNetwork.Faulty.Activity.Loss,
                },
            },
        };
        (VirtualEngine engine, _, _) = SmallNetwork.Prepare(settings, 1500, SmallLayers.Corners(3));
        SmallNetwork.RunToEnd(engine);
        return engine.Slices.Aggregate(default(LearningTally), (sum, slice) => sum + slice.Learned);
    }
}
