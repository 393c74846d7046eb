using Nudge.Networks;
using Nudge.Populations;
using Nudge.Synapses;
using Nudge.Testing;
using Nudge.Training;
using Nudge.Variance;
using Nudge.VirtualTime;

namespace Nudge.Analysis.Tests.Variance;

/// <summary>What is recorded of shared weights, for the variance of updates.</summary>
public sealed class WindowUpdateTests
{
    [Theory]
    [InlineData("padded convolution")]
    [InlineData("local")]
    [InlineData("pooling")]
    public void A_shared_weight_gains_what_its_connections_written_out_gain_together(string kind)
    {
        NetworkSettings settings = SmallWindows.Settings(kind) with { Lanes = 2 };
        NetworkPlan windows = NetworkCompiler.Compile(settings, 100);
        NetworkWeights weights = NetworkWeights.Of(windows, windows.Slices.Select(slice => windows.CreateSlice(slice)));
        NetworkPlan dense = NetworkCompiler.Compile(SmallWindows.WrittenOut(settings), 100).BeginningWith(weights.WrittenOut(windows));
        VirtualEngine shared = Engine(windows);
        List<float[]> gained = Record(shared);
        List<float[]> written = Record(Engine(dense));
        Assert.Equal(written.Count, gained.Count);
        Assert.Contains(gained, update => update.Max(Math.Abs) > 0.001f);
        for (int i = 0; i < gained.Count; i++)
        {
            double[] expected = [.. shared.Slices.Where(slice => slice.Synapses.Length > 0).SelectMany(Folds(written[i]))];
            Assert.Equal(expected.Length, gained[i].Length);
            for (int place = 0; place < expected.Length; place++)
                Assert.Equal(expected[place], gained[i][place], 1e-4);
        }
    }

    private static Func<PopulationSlice, IEnumerable<double>> Folds(float[] written)
    {
        int at = 0;
        return slice =>
        {
            var folded = new List<double>();
            foreach (SynapseGroup synapses in slice.Synapses)
            {
                double[] all = Next(slice.Plan.Count * synapses.Projection.Source.Size);
                folded.AddRange(synapses.Projection.Connectivity is { } table ? table.Fold(all) : all);
            }

            folded.AddRange(Next(slice.Plan.Count).Chunk(slice.Plan.Population.UnitsPerBias).Select(units => units.Sum()));
            return folded;
        };

        double[] Next(int count)
        {
            double[] next = [.. written.AsSpan(at, count).ToArray().Select(value => (double)value)];
            at += count;
            return next;
        }
    }

    private static VirtualEngine Engine(NetworkPlan network) =>
        new(network, new TrainingSchedule(network, new(200, 0, 1), SmallWindows.Examples, SmallWindows.Examples));

    private static List<float[]> Record(VirtualEngine engine)
    {
        var updates = new List<float[]>();
        VarianceMeasurement.Record(engine, 12, (_, update, _) => updates.Add([.. update]));
        return updates;
    }
}
