using Nudge.Links;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.State;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Analysis.Tests.Truth;

/// <summary>What is recorded of any run: staleness, phase lag and energy.</summary>
public sealed class RecordTests
{
    private const double Step = 0.25;

    [Fact]
    public void Without_delay_or_loss_what_is_learned_from_is_about_one_step_old()
    {
        double mean = Staleness(new() { }).Mean;
        Assert.InRange(mean, 0.5 * Step, 1.5 * Step);
    }

    [Fact]
    public void Staleness_grows_with_delay_and_with_loss()
    {
        double ideal = Staleness(new()).Mean;
        double delayed = Staleness(new() { Delay = new ConstantDelay { Mean = 1 } }).Mean;
        double lossy = Staleness(new() { Loss = new IndependentLoss { Rate = 0.5 } }).Mean;
        Assert.InRange(delayed, ideal + 0.7, ideal + 1.3);
        Assert.True(lossy > 1.5 * ideal, $"{lossy} τ with loss, {ideal} τ without");
    }

    [Fact]
    public void Phase_lag_is_a_share_that_grows_with_delay()
    {
        double ideal = Run(new()).PhaseLag;
        double delayed = Run(new() { Delay = new ConstantDelay { Mean = 3 } }).PhaseLag;
        Assert.InRange(ideal, 0, 0.2);
        Assert.InRange(delayed, 3 * ideal, 1);
    }

    [Fact]
    public void Bins_double_from_an_eighth_and_hold_their_upper_ends()
    {
        var tally = new StalenessTally();
        foreach (double age in new[] { 0, 0.125, 0.126, 0.25, 0.3, 1e9 })
            tally.Add(age);
        Assert.Equal([0.125, 0.25, 0.5], tally.Histogram.Take(3).Select(bin => bin.UpTo));
        Assert.Equal([2, 2, 1], tally.Histogram.Take(3).Select(bin => bin.Count));
        Assert.Equal(1, tally.Histogram[^1].Count);
        Assert.Equal(6, tally.Count);
    }

    [Fact]
    public void The_energy_is_that_of_the_theory_once_the_network_has_come_to_rest()
    {
        NetworkSettings settings = SmallModels.Equilibrium(0.5, length: 60);
        (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 20, SmallModels.Vectors);
        for (int phase = 0; phase < 5; phase++)
            engine.RunPhase();
        float[][] activity = [.. engine.Slices.Select(slice => new float[slice.Plan.Count])];
        for (int i = 0; i < activity.Length; i++)
            engine.Slices[i].CopyActivity(activity[i]);
        NetworkWeights weights = NetworkWeights.Of(network, engine.Slices);
        double expected = activity[1].Concat(activity[2]).Sum(s => s * s / 2.0);
        foreach (ProjectionPlan one in network.Projections)
            expected -= (one.Reverse < 0 ? 1 : 0.5) * Product(one, weights, activity);
        expected -= activity[1].Zip(weights.Biases[1], (s, b) => (double)s * b).Sum();
        expected -= activity[2].Zip(weights.Biases[2], (s, b) => (double)s * b).Sum();
        Assert.Equal(expected, network.Model.Energy(network, engine.Slices.Select(slice => slice.Energy)), 1e-4);
    }

    [Fact]
    public void A_restored_run_goes_on_with_the_record()
    {
        NetworkSettings settings = SmallModels.Equilibrium(0.5) with { Links = SmallNetwork.Faulty };
        (VirtualEngine whole, _, _) = SmallNetwork.Prepare(settings, 60, SmallModels.Vectors);
        (VirtualEngine resumed, _, _) = SmallNetwork.Prepare(settings, 60, SmallModels.Vectors);
        for (int phase = 0; phase < 40; phase++)
            whole.RunPhase();
        using var bytes = new MemoryStream();
        StateRoot.Save(bytes, "engine", whole);
        bytes.Position = 0;
        StateRoot.Restore(bytes, "engine", resumed);
        for (int phase = 0; phase < 40; phase++)
        {
            whole.RunPhase();
            resumed.RunPhase();
        }

        Assert.Equal(whole.PhaseLag, resumed.PhaseLag);
        Assert.Equal(Tally(whole).Histogram, Tally(resumed).Histogram);
        Assert.Equal(Tally(whole).Mean, Tally(resumed).Mean);
    }

    private static double Product(ProjectionPlan projection, NetworkWeights weights, float[][] activity)
    {
        (float[] target, float[] source) = (activity[projection.Target.Index], activity[projection.Source.Index]);
        float[] w = weights.Weights[projection.Index];
        return target.Select((t, i) => t * source.Select((s, j) => (double)s * w[(i * source.Length) + j]).Sum()).Sum();
    }

    private static StalenessTally Staleness(ActivityLinkSettings link) => Tally(Run(link));

    private static StalenessTally Tally(VirtualEngine engine) =>
        StalenessTally.Sum(engine.Slices.Select(slice => slice.Staleness));

    private static VirtualEngine Run(ActivityLinkSettings link)
    {
        NetworkSettings plain = SmallModels.Equilibrium(0.5, "derivative-isd");
        NetworkSettings settings = plain with
        {
            Links = new() { Activity = link },
            Learning = plain.Learning with { Gate = false },
        };
        VirtualEngine engine = SmallNetwork.Engine(settings, 100, SmallModels.Vectors);
        SmallNetwork.RunToEnd(engine);
        return engine;
    }
}
