using Nudge.Models.PredictiveCoding;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Plasticity.Rules;
using Nudge.Topology;

namespace Nudge.Testing;

/// <summary>Small networks of predictive coding: an input, hidden populations and an output, each above the last.</summary>
public static class SmallHierarchy
{
    /// <summary>Ideal links and steady clocks unless a test says otherwise.</summary>
    /// <param name="sizes">Units of each population, from the input to the output.</param>
    /// <param name="activation">Of all populations; it also says what the targets are.</param>
    /// <param name="variance">Of the output.</param>
    public static NetworkSettings Settings(int[] sizes, Activation activation = Activation.Tanh, double variance = 1)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        int last = sizes.Length - 1;
        string[] names = [.. sizes.Select((_, i) => i == 0 ? "in" : i == last ? "out" : $"hidden{i}")];
        return new()
        {
            Populations =
            [
                .. names.Select((name, i) => KeyValuePair.Create(name, new PopulationSettings
                {
                    Role = i == 0 ? PopulationRole.Input : i == last ? PopulationRole.Output : PopulationRole.Hidden,
                    Size = sizes[i],
                    Activation = activation,
                })),
            ],
            Projections =
            [
                .. names.Zip(names.Skip(1), (from, to) => KeyValuePair.Create(
                    $"{from}-{to}",
                    new ProjectionSettings { From = from, To = to, Bidirectional = from != "in", Gain = 0.7 })),
            ],
            Clocks = new() { Scope = Clocks.ClockScope.Population, Jitter = 0 },
            Model = new PredictiveCodingSettings { OutputVariance = variance },
            Learning = new() { Rule = new IsdSettings() },
            Classes = sizes[last],
            Phases = new() { PerStimulus = 1 },
        };
    }
}
