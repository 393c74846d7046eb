using Nudge.Networks;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.VirtualTime;

namespace Nudge.Neurons.Tests.Populations;

/// <summary>Units whose response and output deviate from the model's.</summary>
public sealed class DeviceTests
{
    private const int Hidden = 400;

    private static readonly VectorExamples Examples = VectorExamples.Spread(10, 6, 3);

    [Fact]
    public void What_a_unit_sends_is_an_affine_function_of_its_activity_with_a_gain_of_mean_one()
    {
        const double Variation = 0.3;
        VirtualEngine engine = Engine(new() { Gain = Variation, Offset = 0.1 });
        PopulationSlice hidden = HiddenOf(engine);
        var seen = new List<(float[] Activity, float[] Sent)>();
        for (int phase = 0; phase < 12; phase++)
        {
            Assert.True(engine.RunPhase());
            seen.Add((ActivityOf(hidden), AnswerOf(hidden)));
        }

        var gains = new List<double>();
        for (int unit = 0; unit < Hidden; unit++)
        {
            (float[] Activity, float[] Sent)[] ordered = [.. seen.OrderBy(one => one.Activity[unit])];
            double range = ordered[^1].Activity[unit] - ordered[0].Activity[unit];
            if (range < 0.05)
                continue;
            double gain = (ordered[^1].Sent[unit] - ordered[0].Sent[unit]) / range;
            double offset = ordered[0].Sent[unit] - (gain * ordered[0].Activity[unit]);
            Assert.All(ordered, one => Assert.Equal((gain * one.Activity[unit]) + offset, one.Sent[unit], 4));
            gains.Add(gain);
        }

        Assert.True(gains.Count > 100, $"only {gains.Count} units have moved");
        double error = Variation / Math.Sqrt(gains.Count);
        Assert.InRange(gains.Average(), 1 - (4 * error), 1 + (4 * error));
        Assert.True(gains.Min() > 0);
    }

    [Fact]
    public void Noise_is_new_at_each_step_and_the_same_whenever_the_step_is_looked_at()
    {
        const double Noise = 0.05;
        VirtualEngine engine = Engine(new() { Noise = Noise });
        PopulationSlice hidden = HiddenOf(engine);
        var errors = new List<double>();
        for (int phase = 0; phase < 4; phase++)
        {
            Assert.True(engine.RunPhase());
            float[] activity = ActivityOf(hidden);
            float[] sent = AnswerOf(hidden);
            Assert.Equal(sent, AnswerOf(hidden));
            errors.AddRange(sent.Zip(activity, (x, rho) => (double)(x - rho)));
        }

        Assert.Equal(errors.Count, errors.Distinct().Count());
        double deviation = Math.Sqrt(errors.Average(error => error * error));
        double spread = Noise / Math.Sqrt(2 * errors.Count);
        Assert.InRange(deviation, Noise - (4 * spread), Noise + (4 * spread));
        Assert.InRange(errors.Average(), -4 * Noise / Math.Sqrt(errors.Count), 4 * Noise / Math.Sqrt(errors.Count));
    }

    [Fact]
    public void Deviations_belong_to_units_and_not_to_slices()
    {
        var devices = new DeviceSettings { Slope = 0.3, Threshold = 0.1, Gain = 0.2, Offset = 0.1 };
        float[] Weights(GranularitySettings granularity)
        {
            NetworkSettings settings = Settings(devices, 20) with { Granularity = granularity };
            (VirtualEngine engine, _, NetworkPlan network) = SmallNetwork.Prepare(settings, 40, Examples);
            SmallNetwork.RunToEnd(engine);
            return NetworkWeights.Of(network, engine.Slices).Weights[0];
        }

        // Other orders of summation may move the last bit; another draw would move all of it.
        float[] whole = Weights(GranularitySettings.Layer);
        float[] cut = Weights(new(GranularityKind.Slice, 7));
        Assert.All(whole.Zip(cut), pair => Assert.Equal(pair.First, pair.Second, 4));
    }

    [Fact]
    public void Units_with_a_threshold_answer_differently_from_those_of_the_model()
    {
        VirtualEngine plain = Engine(new());
        VirtualEngine shifted = Engine(new() { Threshold = 0.2 });
        for (int phase = 0; phase < 3; phase++)
            Assert.True(plain.RunPhase() && shifted.RunPhase());
        double[] shifts = [.. ActivityOf(HiddenOf(shifted)).Zip(ActivityOf(HiddenOf(plain)), (a, b) => (double)(a - b))];
        Assert.Contains(shifts, shift => shift > 0.05);
        Assert.Contains(shifts, shift => shift < -0.05);
    }

    private static NetworkSettings Settings(DeviceSettings devices, int hidden) => SmallNetwork.Settings(6, hidden, 3) with
    {
        Devices = devices,
        Phases = new() { PerStimulus = 2, Length = new() { Law = PhaseLengthLaw.Fixed, Mean = 12 } },
    };

    private static VirtualEngine Engine(DeviceSettings devices) => SmallNetwork.Engine(Settings(devices, Hidden), 40, Examples);

    private static PopulationSlice HiddenOf(VirtualEngine engine) => engine.Slices.Single(slice => slice.Plan.Population.Name == "hidden");

    private static float[] ActivityOf(PopulationSlice slice)
    {
        float[] values = new float[slice.Plan.Count];
        slice.CopyActivity(values);
        return values;
    }

    private static float[] AnswerOf(PopulationSlice slice)
    {
        float[] values = new float[slice.AnswerSize];
        slice.CopyAnswer(values);
        return values;
    }
}
