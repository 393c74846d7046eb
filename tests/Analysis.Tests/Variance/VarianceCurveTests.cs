using Nudge.Phases;
using Nudge.Training;
using Nudge.Variance;
using Nudge.VirtualTime;

namespace Nudge.Analysis.Tests.Variance;

/// <summary>
/// The variance over b is what theory §2 predicts, and a b that moves by itself ends where it is least.
/// </summary>
public sealed class VarianceCurveTests
{
    private static readonly double[] Bs = [0.2, 0.35, 0.5, 0.65, 0.8, 0.9];

    [Theory]
    [InlineData("rbm-silent", 60_000, 4000)]
    [InlineData("ff", 20_000, 4000)]
    public void The_variance_follows_theory_and_the_adaptive_b_ends_at_its_least(string model, int phases, int adapting)
    {
        FrozenCase frozen = FrozenCase.Of(model);
        VarianceCurve curve = VarianceMeasurement.Run(frozen.Settings, frozen.Examples, frozen.Slices, Bs, phases);
        Assert.True(curve.BestB is <= 0.3 or >= 0.7, $"b* = {curve.BestB} is no hard case");
        Assert.True(curve.RSquared >= 0.99, $"{model}: R² = {curve.RSquared}");

        double final = Adapt(frozen, adapting);
        Assert.True(Math.Abs(final - curve.BestB) < 0.05, $"{model}: b ended at {final}; b* = {curve.BestB}");
    }

    [Theory]
    [InlineData("ep")]
    [InlineData("sbm")]
    [InlineData("ep-differential")]
    public void The_populations_report_the_lengths_that_the_recorder_finds(string model)
    {
        FrozenCase frozen = FrozenCase.Of(model);
        VarianceCurve curve =
            VarianceMeasurement.Run(frozen.Settings, frozen.Examples, frozen.Slices, [0.4, 0.5, 0.6], 8000);
        double final = Adapt(frozen, 1500);
        Assert.True(Math.Abs(final - curve.BestB) < 0.05, $"{model}: b ended at {final}; b* = {curve.BestB}");
    }

    private static double Adapt(FrozenCase frozen, int phases)
    {
        (VirtualEngine engine, TrainingSchedule schedule) = frozen.Prepare(PhaseProbability.Optimal);
        var recorder = new UpdateRecorder(engine.Slices);
        for (int phase = 0; phase < phases; phase++)
        {
            engine.RunPhase();
            _ = recorder.TakeEnded().Count();
        }

        return schedule.B;
    }
}
