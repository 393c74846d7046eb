using Nudge.Models.ContrastiveHebbian;
using Nudge.Models.ForwardForward;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity.Rules;
using Nudge.Topology;

namespace Nudge.Testing;

/// <summary>A small network of every model and rule, for what all of them must keep.</summary>
public static class EveryModel
{
    private const int Inputs = 9;
    private const int Hidden = 18;

    /// <summary>Names that <see cref="Settings"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "rbm", "rbm, centred and sparse", "rbm, phase-end", "rbm, CD", "rbm, labels", "sbm",
        "ff", "ff, paired", "ff, by goodness", "chl", "derivative", "continual", "batch",
    ];

    /// <summary>A network without faults.</summary>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public static NetworkSettings Settings(string name) => name switch
    {
        "rbm" => Machine(2),
        "rbm, centred and sparse" => Machine(3).WithIsd(
            rule => rule with { Centring = 0.01, Sparsity = new() { Cost = 0.1 } }),
        "rbm, phase-end" => Machine(2).WithIsd(rule => rule with { Timing = UpdateTiming.PhaseEnd }),
        "rbm, CD" => Alternating(Machine(2), "paired"),
        "rbm, labels" => Labelled(Machine(2)),
        "sbm" => SmallMachine.Settings(Inputs, Hidden, 0.02, coupled: true).WithVisibleBiases(0.02),
        "ff" => Layers() with { Lanes = 2 },
        "ff, paired" => Alternating(Layers(), "paired"),
        "ff, by goodness" => Layers() with
        {
            Model = new ForwardForwardSettings { Negatives = NegativeLabels.ByGoodness },
        },
        "chl" => Plain() with { Model = new ContrastiveHebbianSettings() },
        "derivative" => Plain().WithRule("derivative-isd"),
        "continual" => Alternating(Plain(), "continual-ep"),
        "batch" => Plain() with { Learning = new() { Rule = new DifferentialIsdSettings(), Batch = 3 } },
        _ => throw new ArgumentException($"There is no model {name}.", nameof(name)),
    };

    /// <summary>Binary rows for Boltzmann machines, values spread over (0, 1) for others; three classes.</summary>
    public static VectorExamples Examples(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var spread = VectorExamples.Spread(10, Inputs, 3);
        if (!name.Contains("bm", StringComparison.Ordinal))
            return spread;
        float[][] rows = [.. Enumerable.Range(0, spread.Count).Select(_ => new float[Inputs])];
        for (int row = 0; row < rows.Length; row++)
        {
            spread.CopyInput(row, rows[row]);
            rows[row] = [.. rows[row].Select(value => value > 0.5f ? 1f : 0f)];
        }

        return new(rows, [.. Enumerable.Range(0, rows.Length).Select(spread.LabelOf)], 3);
    }

    private static NetworkSettings Plain() => SmallNetwork.Settings(Inputs, Hidden, 3);

    private static NetworkSettings Layers() => SmallLayers.Settings(Inputs, [Hidden, 10], 3, 0.5);

    private static NetworkSettings Machine(int lanes) =>
        SmallMachine.Settings(Inputs, Hidden, 0.02).WithVisibleBiases(0.02) with { Lanes = lanes };

    private static NetworkSettings Alternating(NetworkSettings settings, string rule) => settings with
    {
        Learning = new() { Rule = NamedSettings.Rule(rule, settings.Model) },
        Phases = settings.Phases with { Order = PhaseOrder.Alternating, PerStimulus = 2 },
    };

    private static NetworkSettings Labelled(NetworkSettings settings) => settings with
    {
        Populations = [.. settings.Populations, new("label", new() { Role = PopulationRole.Output, Size = 3 })],
        Projections =
        [
            .. settings.Projections,
            new("hidden-label", new() { From = "hidden", To = "label", Bidirectional = true, Deviation = 0.01, Rate = 0.02 }),
        ],
        Classes = 3,
    };
}
