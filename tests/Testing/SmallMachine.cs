using Nudge.Clocks;
using Nudge.Models.BoltzmannMachine;
using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Testing;

/// <summary>Small Boltzmann machines for tests: visible and hidden units that take turns.</summary>
public static class SmallMachine
{
    /// <summary>The mean step of the units' clocks, in τ.</summary>
    public const double Step = 0.25;

    /// <summary>The paper's rule at every step, phases of 20 steps, ideal links and steady clocks.</summary>
    public static NetworkSettings Settings(int visible, int hidden, double rate, bool coupled = false)
    {
        KeyValuePair<string, ProjectionSettings>[] couplings = coupled
            ? [new("hidden-hidden", new() { From = "hidden", To = "hidden", Rate = rate, Deviation = 0.1 })]
            : [];
        return new()
        {
            Populations =
            [
                new("visible", new() { Role = PopulationRole.Input, Size = visible }),
                new("hidden", new() { Role = PopulationRole.Hidden, Size = hidden }),
            ],
            Projections =
            [
                new(
                    "visible-hidden",
                    new() { From = "visible", To = "hidden", Bidirectional = true, Rate = rate, Deviation = 0.01 }),
                .. couplings,
            ],
            Time = new() { Step = Step },
            Clocks = new() { Scope = ClockScope.Population, Jitter = 0, Stagger = true },
            Model = new BoltzmannMachineSettings(),
            Learning = new() { Rule = new BoltzmannIsdSettings { Timing = UpdateTiming.Continuous } },
            Phases = new()
            {
                PerStimulus = 1,
                Length = new() { Law = PhaseLengthLaw.Geometric, Floor = 0, Mean = 20 * Step },
            },
            Classes = 1,
        };
    }

    /// <summary>The same settings with all projections' settings changed.</summary>
    public static NetworkSettings WithProjections(
        this NetworkSettings settings, Func<ProjectionSettings, ProjectionSettings> change)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with
        {
            Projections = [.. settings.Projections.Select(pair => KeyValuePair.Create(pair.Key, change(pair.Value)))],
        };
    }

    /// <summary>The same settings with biases at the visible units.</summary>
    public static NetworkSettings WithVisibleBiases(this NetworkSettings settings, double rate)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with
        {
            Populations =
            [
                .. settings.Populations.Select(pair => KeyValuePair.Create(
                    pair.Key,
                    pair.Value.Role == PopulationRole.Input ? pair.Value with { BiasRate = rate } : pair.Value)),
            ],
        };
    }

    /// <summary>A machine with parameters spread evenly over ±scale, the same in every test.</summary>
    public static BoltzmannParameters Spread(
        int visible, int hidden, double scale, double inverseTemperature = 1, bool coupled = false)
    {
        int place = 0;
        // Multiples of the golden ratio: spread out, without a generator.
        double Next() => (float)(scale * ((2 * (++place * 0.6180339887 % 1)) - 1));
        double[] couplings = new double[hidden * hidden];
        for (int i = 0; i < hidden; i++)
        {
            for (int k = 0; k < i; k++)
                couplings[(i * hidden) + k] = couplings[(k * hidden) + i] = Next();
        }

        return new()
        {
            Hidden = hidden,
            Visible = visible,
            Weights = [.. Enumerable.Range(0, hidden * visible).Select(_ => Next())],
            HiddenBias = [.. Enumerable.Range(0, hidden).Select(_ => Next())],
            VisibleBias = [.. Enumerable.Range(0, visible).Select(_ => Next())],
            Couplings = coupled ? couplings : null,
            InverseTemperature = inverseTemperature,
        };
    }

    /// <summary>The machine that a trained network is, by the weight copy at the hidden units.</summary>
    public static BoltzmannParameters ParametersOf(NetworkPlan network, IEnumerable<PopulationSlice> slices)
    {
        ArgumentNullException.ThrowIfNull(network);
        NetworkWeights weights = NetworkWeights.Of(network, slices);
        return BoltzmannParameters.Of(
            weights.Weights[0],
            weights.Biases[1],
            weights.Biases[0],
            weights.Weights.Count > 2 ? weights.Weights[2] : default,
            ((BoltzmannMachineSettings)network.Settings.Model).InverseTemperature);
    }

    /// <summary>Rows without labels.</summary>
    public static VectorExamples Examples(IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new([.. rows], new int[rows.Count], 1);
    }
}
