using Nudge.Clocks;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Testing;

/// <summary>Small networks with windows: 6×6 inputs, two hidden populations with shapes, and an output of three classes.</summary>
public static class SmallWindows
{
    private static readonly ConnectSettings First = new ConvolutionConnect { Kernel = 3, Padding = 1 };

    /// <summary>Examples for the networks.</summary>
    public static VectorExamples Examples { get; } = VectorExamples.Spread(6, 36, 3);

    /// <summary>What lies between the two hidden populations, by name; the upper one follows from it.</summary>
    public static IReadOnlyDictionary<string, (ConnectSettings Connect, PopulationShape Upper)> Kinds { get; } =
        new Dictionary<string, (ConnectSettings, PopulationShape)>
        {
            ["convolution"] = (new ConvolutionConnect { Kernel = 3, Stride = 2 }, Shape(2, 2, 4)),
            ["padded convolution"] = (new ConvolutionConnect { Kernel = 3, Stride = 2, Padding = 1 }, Shape(3, 3, 4)),
            ["local"] = (new LocalConnect { Kernel = 3, Stride = 2, Padding = 1 }, Shape(3, 3, 4)),
            ["pooling"] = (new PoolingConnect { Kernel = 2 }, Shape(3, 3, 4)),
        };

    /// <summary>Ideal links and steady clocks unless a test says otherwise.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="gain">Factor on the first weights.</param>
    public static NetworkSettings Settings(string kind, double rate = 0.02, double gain = 1)
    {
        (ConnectSettings connect, PopulationShape upper) = Kinds[kind];
        return new()
        {
            Populations =
            [
                new("in", new() { Role = PopulationRole.Input, Shape = Shape(6, 6, 1) }),
                new("lower", new() { Role = PopulationRole.Hidden, Shape = Shape(6, 6, 4) }),
                new("upper", new() { Role = PopulationRole.Hidden, Shape = upper }),
                new("out", new() { Role = PopulationRole.Output, Size = 3 }),
            ],
            Projections =
            [
                new("in-lower", new() { From = "in", To = "lower", Rate = rate, Gain = gain, Connect = First }),
                new("lower-upper", new()
                {
                    From = "lower", To = "upper", Bidirectional = true, Rate = rate, Gain = gain, Connect = connect,
                }),
                new("upper-out", new() { From = "upper", To = "out", Bidirectional = true, Rate = rate, Gain = gain }),
            ],
            Clocks = new() { Scope = ClockScope.Population, Jitter = 0 },
            Model = new EquilibriumPropagationSettings(),
            Classes = 3,
        };
    }

    /// <summary>The same network with all connections written out as dense projections, which share nothing.</summary>
    public static NetworkSettings WrittenOut(NetworkSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with
        {
            Projections =
            [
                .. settings.Projections.Select(one => KeyValuePair.Create(
                    one.Key,
                    one.Value with { Connect = new DenseConnect(), Rate = one.Value.Connect.Learns ? one.Value.Rate : 0 })),
            ],
        };
    }

    /// <summary>Populations with shapes cut into slices of so many channels.</summary>
    public static NetworkSettings Cut(NetworkSettings settings, int channels)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with
        {
            Populations =
            [
                .. settings.Populations.Select(one => KeyValuePair.Create(
                    one.Key,
                    one.Value.Shape is null || one.Value.Role == PopulationRole.Input
                        ? one.Value
                        : one.Value with { Granularity = new(GranularityKind.Channels, channels) })),
            ],
        };
    }

    private static PopulationShape Shape(int height, int width, int channels) =>
        new() { Height = height, Width = width, Channels = channels };
}
