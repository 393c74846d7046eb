using Nudge.Models.ForwardForward;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Testing;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Laws;

public sealed class ForwardForwardLearningTests
{
    private const int Classes = 4;

    [Theory]
    [InlineData("isd", NegativeLabels.Wrong, 1, 0.5)]
    [InlineData("isd", NegativeLabels.Wrong, 1, 0.3)]
    [InlineData("isd", NegativeLabels.Wrong, 4, 0.5)]
    [InlineData("isd", NegativeLabels.ByGoodness, 1, 0.5)]
    [InlineData("paired", NegativeLabels.Wrong, 1, 0.5)]
    [InlineData("paired", NegativeLabels.Permuted, 1, 0.5)]
    public void It_distinguishes_right_from_wrong_labels(string rule, NegativeLabels negatives, int lanes, double b)
    {
        NetworkSettings plain = SmallLayers.Settings(3 * Classes, [32, 32], Classes, 2);
        bool paired = rule == "paired";
        NetworkSettings settings = plain with
        {
            Learning = new() { Rule = NamedSettings.Rule(rule, plain.Model) },
            Model = new ForwardForwardSettings { Negatives = negatives, LabelValue = 1 },
            Phases = plain.Phases with
            {
                B = b,
                Order = paired ? PhaseOrder.Alternating : PhaseOrder.Bernoulli,
                PerStimulus = paired ? 2 : 1,
            },
            Lanes = lanes,
        };
        (VirtualEngine engine, TrainingSchedule schedule, _) =
            SmallNetwork.Prepare(settings, 4000 * lanes, SmallLayers.Corners(Classes));
        SmallNetwork.RunToEnd(engine);
        double accuracy = schedule.Evaluations[^1].Accuracy;
        // Chance is a quarter.
        Assert.True(accuracy > 0.8, $"accuracy {accuracy}, seed {settings.Seed}");
    }
}
