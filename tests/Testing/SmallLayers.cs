using Nudge.Clocks;
using Nudge.Models.ForwardForward;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Topology;

namespace Nudge.Testing;

/// <summary>Small stacks of Forward-Forward layers for tests.</summary>
public static class SmallLayers
{
    /// <summary>One sample a phase, phases of 8 steps, ideal links and steady clocks.</summary>
    /// <param name="inputs">Inputs, the label's pixels among them.</param>
    /// <param name="layers">Units of each layer, from the lowest on.</param>
    /// <param name="classes">Labels.</param>
    /// <param name="rate">Learning rate.</param>
    public static NetworkSettings Settings(int inputs, int[] layers, int classes, double rate) => new()
    {
        Populations =
        [
            new("in", new() { Role = PopulationRole.Input, Size = inputs }),
            .. layers.Select((size, layer) => KeyValuePair.Create(
                $"layer{layer + 1}", new PopulationSettings { Role = PopulationRole.Hidden, Size = size })),
        ],
        Projections =
        [
            .. layers.Select((_, layer) => KeyValuePair.Create(
                $"to-layer{layer + 1}",
                new ProjectionSettings
                {
                    From = layer == 0 ? "in" : $"layer{layer}",
                    To = $"layer{layer + 1}",
                    Rate = rate,
                    Gain = 1.5,
                })),
        ],
        Clocks = new() { Scope = ClockScope.Population, Jitter = 0 },
        Model = new ForwardForwardSettings(),
        Learning = new() { Rule = new ForwardForwardIsdSettings() },
        Phases = new()
        {
            PerStimulus = 1,
            Length = new() { Law = PhaseLengthLaw.Fixed, Floor = 0, Mean = 2 },
        },
        Classes = classes,
    };

    /// <summary>Each class has two inputs of its own, after the pixels of the label.</summary>
    public static VectorExamples Corners(int classes)
    {
        var plain = VectorExamples.Corners(classes);
        float[][] values = new float[plain.Count][];
        for (int example = 0; example < plain.Count; example++)
        {
            values[example] = new float[classes + plain.InputSize];
            plain.CopyInput(example, values[example].AsSpan(classes));
        }

        return new(values, [.. Enumerable.Range(0, plain.Count).Select(plain.LabelOf)], classes);
    }
}
