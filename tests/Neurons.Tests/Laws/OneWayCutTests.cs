using Nudge.Links;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Testing;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Laws;

/// <summary>
/// A link that is cut in one direction: no population learns from an answer that cannot have seen its activity
/// (theory §3c), and what was learned before is still there when the link heals.
/// </summary>
public sealed class OneWayCutTests
{
    private static readonly VectorExamples Corners = VectorExamples.Corners(3);

    public static TheoryData<string, string> Cuts
    {
        get
        {
            var cuts = new TheoryData<string, string>();
            foreach (string rule in (string[])["isd", "differential-isd", "paired", "derivative-isd", "asymmetric-ep"])
            {
                foreach (string link in (string[])["in-hidden", "hidden-out.forward", "hidden-out.backward"])
                    cuts.Add(rule, link);
            }

            return cuts;
        }
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Hidden_units_learn_nothing_while_their_activity_does_not_reach_the_answer_or_the_answer_not_them(
        string rule, string link)
    {
        NetworkSettings settings = Settings(rule);
        (VirtualEngine engine, _, _) = SmallNetwork.Prepare(Cut(settings, link, 0, double.MaxValue), 100, Corners);
        SmallNetwork.RunToEnd(engine);
        LearningTally hidden = LearnedOf(engine, "hidden");
        Assert.Equal(0, hidden.Positive + hidden.Negative);
        Assert.True(hidden.Gated > 50, $"{hidden}");
        // Without the cut it does learn, or the law above would show nothing.
        (VirtualEngine whole, _, _) = SmallNetwork.Prepare(settings, 100, Corners);
        SmallNetwork.RunToEnd(whole);
        Assert.True(LearnedOf(whole, "hidden").Positive + LearnedOf(whole, "hidden").Negative > 30);
    }

    [Theory]
    [InlineData("hidden-out.forward")]
    [InlineData("hidden-out.backward")]
    [InlineData("in-hidden")]
    public void After_a_third_of_the_run_without_a_link_it_answers_as_well_as_without_the_cut(string link)
    {
        const int Presentations = 1500;
        NetworkSettings settings = Settings("differential-isd");
        double duration = Presentations * 2 * settings.Phases.Length.Mean;
        double whole = AccuracyOf(settings, Presentations);
        double cut = AccuracyOf(Cut(settings, link, duration / 3, duration * 2 / 3), Presentations);
        Assert.True(whole >= 0.99, $"{whole} without a cut");
        Assert.True(cut >= 0.99, $"{cut} after a cut");
    }

    [Fact]
    public void An_answer_by_a_shorter_way_does_not_stand_for_one_that_is_cut()
    {
        NetworkSettings settings = Settings("differential-isd");
        settings = settings with
        {
            Projections = [.. settings.Projections, new("in-out", new() { From = "in", To = "out", Rate = 0.03 })],
        };
        (VirtualEngine engine, _, _) = SmallNetwork.Prepare(
            Cut(settings, "hidden-out.forward", 0, double.MaxValue), 100, Corners);
        SmallNetwork.RunToEnd(engine);
        LearningTally hidden = LearnedOf(engine, "hidden");
        Assert.Equal(0, hidden.Positive + hidden.Negative);
        (VirtualEngine whole, _, _) = SmallNetwork.Prepare(settings, 100, Corners);
        SmallNetwork.RunToEnd(whole);
        Assert.True(LearnedOf(whole, "hidden").Positive + LearnedOf(whole, "hidden").Negative > 30);
    }

    [Theory]
    [InlineData("isd")]
    [InlineData("derivative-isd")]
    public void A_phase_whose_end_is_not_announced_stops_teaching(string rule)
    {
        NetworkSettings settings = Settings("derivative-isd") with
        {
            Phases = new() { Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 4 } },
        };
        if (rule == "isd")
            settings = settings with { Learning = new() { Rule = new IsdSettings { Timing = UpdateTiming.Continuous } } };
        NetworkPlan network = NetworkCompiler.Compile(settings, 100);
        PopulationSlice slice = network.CreateSlice(network.Slices.Single(one => one.Population.Name == "out"));
        // Two phases of one stimulus: rules of change learn from the second on.
        for (int number = 1; number <= 2; number++)
        {
            var phase = new PhaseTag(new(0, number), 1, [2f]);
            slice.Receive(new NudgeSignal(phase, new float[] { 1, 0, 0 }, new float[] { 1 }));
            var signal = new ActivitySignal(1, 0, number, phase, phase.Phase, phase.Phase, ActivityFrame.Of(new float[16]));
            slice.Receive(0, 0, signal);
            for (int step = 0; step < (number == 1 ? 4 : 400); step++)
                slice.Step(0.25f);
        }

        LearningTally after = slice.Learned;
        // Four steps of the first phase, and sixteen mean lengths of 4 τ: 256 steps.
        Assert.InRange(after.Positive, 200, 260);
        Assert.True(after.Gated > 100, $"{after}");
    }

    private static NetworkSettings Settings(string rule) => SmallNetwork.Settings(6, 16, 3) with
    {
        Learning = new() { Rule = NamedSettings.Rule(rule, new EquilibriumPropagationSettings()), Decay = 1e-3 },
        Links = SmallNetwork.Faulty,
    };

    private static NetworkSettings Cut(NetworkSettings settings, string link, double from, double until) => settings with
    {
        Links = settings.Links with
        {
            Overrides = new Dictionary<string, LinkSettings>
            {
                [link] = settings.Links.Activity with
                {
                    Partitions = new Dictionary<string, PartitionWindow> { ["cut"] = new() { From = from, Until = until } },
                },
            },
        },
    };

    private static LearningTally LearnedOf(VirtualEngine engine, string population) => engine.Slices
        .Where(slice => slice.Plan.Population.Name == population)
        .Aggregate(default(LearningTally), (sum, slice) => sum + slice.Learned);

    private static double AccuracyOf(NetworkSettings settings, int presentations)
    {
        (VirtualEngine engine, TrainingSchedule schedule, _) = SmallNetwork.Prepare(settings, presentations, Corners);
        SmallNetwork.RunToEnd(engine);
        return schedule.Evaluations[^1].Accuracy;
    }
}
