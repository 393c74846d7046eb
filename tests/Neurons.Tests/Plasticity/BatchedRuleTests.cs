using Nudge.Models.BoltzmannMachine;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Plasticity;

public sealed class BatchedRuleTests
{
    [Theory]
    [InlineData("rbm, phase-end", 0.01)]
    [InlineData("rbm", 0.1)]
    [InlineData("ff", 0.01)]
    [InlineData("forward-forward, paired", 0.01)]
    [InlineData("contrastive-hebbian, differential-isd", 0.01)]
    [InlineData("equilibrium-propagation, derivative-isd", 0.01)]
    public void Batches_sum_to_the_same_total_while_weights_hardly_move(string model, double tolerance)
    {
        double[] single = Update(model, 1);
        double[] batched = Update(model, 6);
        double cosine = TwoLayerEquilibrium.Cosine(single, batched);
        double length = single.Zip(batched, (a, b) => a * b).Sum() / single.Sum(a => a * a);
        Assert.True(cosine > 1 - (tolerance / 3), $"{model}: cosine {cosine}");
        Assert.InRange(length, 1 - tolerance, 1 + tolerance);
    }

    [Theory]
    [InlineData("rbm, phase-end", 4)]
    [InlineData("ff", 4)]
    [InlineData("contrastive-hebbian, differential-isd", 5)]
    public void Weights_change_only_once_in_so_many_phases(string model, int phases)
    {
        (VirtualEngine engine, _, _) = Prepare(model, phases, 0.05);
        PopulationSlice hidden = engine.Slices[1];
        float[] before = hidden.Synapses[0].Weights.ToRowMajor();
        int changes = 0;
        int taught = 0;
        while (engine.RunPhase())
        {
            float[] now = hidden.Synapses[0].Weights.ToRowMajor();
            changes += now.SequenceEqual(before) ? 0 : 1;
            taught += hidden.Tag.Learns ? 1 : 0;
            before = now;
        }

        Assert.True(changes > 5);
        // The last change may come too late to be seen.
        Assert.InRange(changes, (taught / phases) - 1, taught / phases);
    }

    // A machine's weights have to stand so still that hardly a sample turns out otherwise.
    private static double[] Update(string model, int batch)
    {
        (VirtualEngine engine, _, NetworkPlan network) = Prepare(model, batch, model.StartsWith("rbm", StringComparison.Ordinal) ? 1e-5 : 1e-3);
        float[] before = SmallNetwork.Weights(network, engine.Slices);
        SmallNetwork.RunToEnd(engine);
        return [.. SmallNetwork.Weights(network, engine.Slices).Zip(before, (after, first) => (double)after - first)];
    }

    private static (VirtualEngine Engine, TrainingSchedule TrainingSchedule, NetworkPlan Network) Prepare(
        string model, int batch, double rate)
    {
        NetworkSettings plain = EveryModel.Settings(model).WithProjections(projection => projection with { Rate = rate });
        if (plain.Model is BoltzmannMachineSettings)
            plain = plain.WithVisibleBiases(rate);
        NetworkSettings settings = plain with
        {
            Learning = plain.Learning with { Batch = batch },
            // Phases of even length, since one too short to be noticed would not count.
            Phases = plain.Phases with { Length = plain.Phases.Length with { Law = PhaseLengthLaw.Fixed } },
        };
        return SmallNetwork.Prepare(settings, 60 * plain.Lanes, EveryModel.Examples(model));
    }
}
