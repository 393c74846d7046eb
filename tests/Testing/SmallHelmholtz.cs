using Nudge.Clocks;
using Nudge.Models.HelmholtzMachine;
using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Testing;

/// <summary>Small Helmholtz machines for tests: layers in a row, the visible one first.</summary>
public static class SmallHelmholtz
{
    /// <summary>Ideal links and steady clocks, phases of so many steps that every pair of samples is complete.</summary>
    /// <param name="layers">Units of each layer, the visible one first.</param>
    /// <param name="rate">Learning rate of all synapses and biases.</param>
    public static NetworkSettings Settings(int[] layers, double rate)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return new()
        {
            Populations =
            [
                .. layers.Select((size, layer) => KeyValuePair.Create(
                    $"layer-{layer}",
                    new PopulationSettings { Role = layer == 0 ? PopulationRole.Input : PopulationRole.Hidden, Size = size })),
            ],
            Projections =
            [
                .. layers.Skip(1).Select((_, layer) => KeyValuePair.Create(
                    $"between-{layer}",
                    new ProjectionSettings
                    {
                        From = $"layer-{layer}",
                        To = $"layer-{layer + 1}",
                        Bidirectional = true,
                        Init = Initialisation.Independent,
                        Rate = rate,
                    })),
            ],
            Time = new() { Step = 1 },
            Clocks = new() { Scope = ClockScope.Population, Jitter = 0 },
            Model = new HelmholtzMachineSettings(),
            Learning = new() { Rule = new HelmholtzIsdSettings() },
            Phases = new()
            {
                PerStimulus = 1,
                Length = new() { Law = PhaseLengthLaw.Fixed, Floor = 0, Mean = 10 },
            },
            Classes = 1,
        };
    }

    /// <summary>The machine that a trained network is.</summary>
    public static HelmholtzParameters ParametersOf(NetworkPlan network, IEnumerable<PopulationSlice> slices) =>
        new HelmholtzReading(network).Of(NetworkWeights.Of(network, slices));
}
