using Nudge.Models;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Populations;
using Nudge.Truth;

namespace Nudge.Analysis.Tests.Truth;

/// <summary>
/// What equilibrium propagation learns on units whose response deviates, against finite differences of their own cost in double
/// precision (theory §5, "Devices").
/// </summary>
public sealed class DeviceGradientTests
{
    private const int Inputs = 4;
    private const int Hidden = 8;
    private const int Outputs = 3;

    [Fact]
    public void Slopes_and_thresholds_leave_it_a_gradient_of_the_network_as_it_is()
    {
        TruthReading deviating = Read(new() { Slope = 0.4, Threshold = 0.1 }, knowsDevices: true);
        Assert.True(deviating.All.Cosine > 0.99, $"{deviating.All}");
        Assert.InRange(deviating.All.Slope, 0.9, 1.1);
    }

    [Fact]
    public void It_is_not_the_gradient_of_the_network_that_was_meant()
    {
        TruthReading meant = Read(new() { Slope = 0.4, Threshold = 0.1 }, knowsDevices: false);
        Assert.True(meant.All.Cosine < 0.97, $"{meant.All}");
    }

    private static TruthReading Read(DeviceSettings devices, bool knowsDevices)
    {
        NetworkSettings settings = SmallModels.Equilibrium(0.5, length: 40) with
        {
            Devices = devices,
            Model = new EquilibriumPropagationSettings { Beta = 0.01 },
        };
        (NetworkPlan network, NetworkWeights weights) = SmallModels.Begin(settings, SmallModels.Vectors);
        UpdateStatistics seen = new UpdateProbe(network, weights, SmallModels.Vectors).Run(2000);
        var units = new Units(network, weights, knowsDevices);
        return TruthMeter.Compare(seen, new(units.Descent(), null), SmallModels.Vectors.Count);
    }

    /// <summary>The fixed points of the same network in double precision.</summary>
    private sealed class Units
    {
        private const double Step = 1e-5;

        private readonly double[] _up;
        private readonly double[] _both;
        private readonly double[] _hiddenBias;
        private readonly double[] _outputBias;
        private readonly double[][] _slopes;
        private readonly double[][] _thresholds;

        internal Units(NetworkPlan network, NetworkWeights weights, bool knowsDevices)
        {
            _up = [.. weights.Weights[0].Select(weight => (double)weight)];
            _both = [.. weights.Weights[1].Select(weight => (double)weight)];
            _hiddenBias = [.. weights.Biases[1].Select(bias => (double)bias)];
            _outputBias = [.. weights.Biases[2].Select(bias => (double)bias)];
            UnitResponse?[] responses = [.. new[] { "hidden", "out" }.Select(name =>
                ((SynapticSlice)network.CreateSlice(network.Slices.Single(slice => slice.Population.Name == name))).Response)];
            _slopes = [.. responses.Select((one, k) => Of(one!.Slopes, k, knowsDevices, 1))];
            _thresholds = [.. responses.Select((one, k) => Of(one!.Thresholds, k, knowsDevices, 0))];
        }

        /// <summary>−dC/dθ; both ends of a connection are one parameter, and each receives its value.</summary>
        internal GradientVector Descent()
        {
            double[] both = Slopes(_both);
            double[] back = new double[both.Length];
            for (int unit = 0; unit < Outputs; unit++)
            {
                for (int hidden = 0; hidden < Hidden; hidden++)
                    back[(hidden * Outputs) + unit] = both[(unit * Hidden) + hidden];
            }

            return new([Slopes(_up), both, back], [[], Slopes(_hiddenBias), Slopes(_outputBias)]);
        }

        private static double[] Of(ReadOnlySpan<float> values, int population, bool knows, double otherwise)
        {
            int count = population == 0 ? Hidden : Outputs;
            double[] copy = new double[count];
            for (int unit = 0; unit < count; unit++)
                copy[unit] = knows ? values[unit] : otherwise;
            return copy;
        }

        private double[] Slopes(double[] parameters)
        {
            double[] slopes = new double[parameters.Length];
            for (int i = 0; i < slopes.Length; i++)
            {
                double before = parameters[i];
                parameters[i] = before + Step;
                double above = Cost();
                parameters[i] = before - Step;
                slopes[i] = (Cost() - above) / (2 * Step);
                parameters[i] = before;
            }

            return slopes;
        }

        // Output unit i counts 1/a_i.
        private double Cost()
        {
            double sum = 0;
            float[] input = new float[Inputs];
            for (int example = 0; example < SmallModels.Vectors.Count; example++)
            {
                SmallModels.Vectors.CopyInput(example, input);
                double[] output = Relax(input);
                for (int unit = 0; unit < Outputs; unit++)
                {
                    double error = (SmallModels.Vectors.LabelOf(example) == unit ? 1 : 0) - output[unit];
                    sum += error * error / (2 * _slopes[1][unit]);
                }
            }

            return sum / SmallModels.Vectors.Count;
        }

        private double[] Relax(float[] input)
        {
            double[] hidden = new double[Hidden];
            double[] output = new double[Outputs];
            for (int step = 0; step < 400; step++)
            {
                for (int unit = 0; unit < Hidden; unit++)
                {
                    double current = _hiddenBias[unit];
                    for (int i = 0; i < Inputs; i++)
                        current += _up[(unit * Inputs) + i] * input[i];
                    for (int i = 0; i < Outputs; i++)
                        current += _both[(i * Hidden) + unit] * output[i];
                    hidden[unit] = Math.Clamp((_slopes[0][unit] * current) + _thresholds[0][unit], 0, 1);
                }

                for (int unit = 0; unit < Outputs; unit++)
                {
                    double current = _outputBias[unit];
                    for (int i = 0; i < Hidden; i++)
                        current += _both[(unit * Hidden) + i] * hidden[i];
                    output[unit] = Math.Clamp((_slopes[1][unit] * current) + _thresholds[1][unit], 0, 1);
                }
            }

            return output;
        }
    }
}
