using Nudge.Models.ForwardForward;
using Nudge.Networks;
using Nudge.State;
using Nudge.Testing;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Training;

/// <summary>Networks that learn values and not classes.</summary>
public sealed class TargetValueTests
{
    private const double Tolerance = 0.1;

    private static readonly TargetExamples Examples = TargetExamples.Means(40, 4, 2);

    [Fact]
    public void The_squared_error_falls_and_answers_within_the_tolerance_count()
    {
        (VirtualEngine engine, TrainingSchedule schedule) = Prepare(6000, 1000);
        SmallNetwork.RunToEnd(engine);
        double[] errors = [.. schedule.Evaluations.Select(one => one.MeanSquaredError!.Value)];
        Assert.True(errors[^1] < errors[0] / 4, string.Join(", ", errors));
        // A share p of answers outside of the tolerance has at least p·tolerance²/outputs of squared error.
        Assert.All(schedule.Evaluations, one => Assert.True(
            one.MeanSquaredError >= (1 - one.Accuracy) * Tolerance * Tolerance / 2, $"{one}"));
        Assert.True(schedule.Evaluations[^1].Accuracy > 0.8, $"{schedule.Evaluations[^1]}");
        Assert.All(schedule.Evaluations, one => Assert.Equal(0, one.Undecided));
    }

    [Fact]
    public void A_run_that_goes_on_from_a_saved_state_makes_the_same_evaluations()
    {
        (VirtualEngine whole, TrainingSchedule undisturbed) = Prepare(400, 100);
        SmallNetwork.RunToEnd(whole);

        (VirtualEngine first, _) = Prepare(400, 100);
        for (int phase = 0; phase < 333; phase++)
            Assert.True(first.RunPhase());
        byte[] saved = StateBytes.Of("run", first);
        (VirtualEngine second, TrainingSchedule resumed) = Prepare(400, 100);
        StateBytes.Restore(saved, "run", second);
        SmallNetwork.RunToEnd(second);

        Assert.Equal(undisturbed.Evaluations, resumed.Evaluations);
        Assert.NotNull(resumed.Evaluations[^1].MeanSquaredError);
    }

    [Fact]
    public void A_model_that_learns_classes_refuses_target_values()
    {
        NetworkSettings layers = SmallLayers.Settings(4, [6, 5], 2, 0.5);
        Assert.IsType<ForwardForwardSettings>(layers.Model);
        Assert.Throws<NotSupportedException>(() => SmallNetwork.RunToEnd(SmallNetwork.Engine(layers, 10, Examples)));
    }

    private static (VirtualEngine Engine, TrainingSchedule Schedule) Prepare(long presentations, long every)
    {
        NetworkSettings settings = SmallNetwork.Settings(4, 24, 2, rate: 0.1) with { Links = SmallNetwork.Faulty };
        NetworkPlan network = NetworkCompiler.Compile(settings, presentations);
        var schedule = new TrainingSchedule(
            network, new RunPlan(presentations, every, 40, Tolerance: Tolerance), Examples, Examples);
        return (new VirtualEngine(network, schedule), schedule);
    }
}
