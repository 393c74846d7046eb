using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Models.ForwardForward;

/// <summary>Where the wrong labels of Forward-Forward come from.</summary>
public enum NegativeLabels
{
    /// <summary>Any label but the right one, all alike.</summary>
    Wrong,

    /// <summary>The label of some other example, which is the right one by chance (as in the seed paper's experiments).</summary>
    Permuted,

    /// <summary>
    /// A wrong label drawn from a softmax of the goodness that each of them reaches: the coordinator first asks the network
    /// for the goodness of every label.
    /// </summary>
    ByGoodness,
}

/// <summary>Which layers' goodness counts in an answer.</summary>
public enum AnsweringLayers
{
    /// <summary>That of all layers.</summary>
    All,

    /// <summary>That of all but the lowest one, as Hinton 2022 (§3.3) has it.</summary>
    AllButLowest,
}

/// <summary>Layers that distinguish right labels from wrong ones by their goodness (Hinton 2022; theory §4).</summary>
public sealed record ForwardForwardSettings : ModelSettings
{
    /// <summary>The goodness ϑ that right labels should exceed and wrong ones should not.</summary>
    [Range(0, 1e6)]
    public double Threshold { get; init; } = 2;

    /// <summary>
    /// The slope α of the probability σ(α·(g − ϑ)) that a sample is a positive one. With as many as a layer has units, and a threshold of 1, the
    /// sum of h² is compared with the number of units (Hinton 2022, §2), and samples that are told apart teach no more.
    /// </summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Sharpness { get; init; } = 1;

    /// <summary>Which layers' goodness counts in an answer.</summary>
    public AnsweringLayers Answer { get; init; } = AnsweringLayers.All;

    /// <summary>The value of the label's pixel; the other label pixels are 0.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double LabelValue { get; init; } = 5;

    /// <summary>Where the wrong labels come from.</summary>
    public NegativeLabels Negatives { get; init; } = NegativeLabels.Wrong;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => ForwardForwardModel.Instance;

    /// <inheritdoc/>
    public override ModelTraits Traits { get; } =
        new(ForwardForwardModel.Word) { StatisticIsProduct = false, StateIsContinuous = false };
}

/// <summary>The definition of the model.</summary>
public sealed class ForwardForwardModel : ModelDefinition
{
    internal const string Word = "forward-forward";

    internal static readonly ForwardForwardModel Instance = new();

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override string Summary =>
        "Layers that distinguish right labels from wrong ones by their goodness, the mean of h².";

    /// <inheritdoc/>
    public override string Source => "Hinton 2022; Williams, Bredenberg and Lajoie 2023";

    /// <inheritdoc/>
    public override Type SettingsType => typeof(ForwardForwardSettings);

    /// <inheritdoc/>
    public override ModelSettings Defaults { get; } = new ForwardForwardSettings();

    /// <inheritdoc/>
    public override bool ActivityIsOftenZero => true;

    /// <inheritdoc/>
    public override IEnumerable<PopulationPlan> Answering(NetworkTopology network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Populations.Where(population => population.Role != PopulationRole.Input);
    }

    /// <summary>Forward-Forward has no energy: minus the mean goodness of the layers.</summary>
    /// <inheritdoc/>
    public override double Energy(NetworkTopology network, IEnumerable<double> shares)
    {
        ArgumentNullException.ThrowIfNull(network);
        return shares.Sum() / Answering(network).Count();
    }

    /// <inheritdoc/>
    public override PopulationSlice CreateSlice(SliceContext context) => new ForwardSlice(context);

    /// <inheritdoc/>
    public override Curriculum CreateCurriculum(CurriculumContext context) => new ForwardForwardCurriculum(context);

    /// <inheritdoc/>
    public override ExampleNetwork Example(int inputs, int hidden, int classes) => new(
        [
            new("in", new() { Role = PopulationRole.Input, Size = inputs }),
            new("first", new() { Role = PopulationRole.Hidden, Size = hidden }),
            new("second", new() { Role = PopulationRole.Hidden, Size = hidden }),
        ],
        [
            new("in-first", new() { From = "in", To = "first" }),
            new("first-second", new() { From = "first", To = "second" }),
        ]);

    /// <inheritdoc/>
    public override void Check(ModelCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        CheckLabels(check.Examples, check.Findings);
        foreach ((string name, PopulationSettings population) in check.Populations)
            CheckLayer(check, name, population);
        foreach ((string name, ProjectionSettings projection) in check.Projections)
        {
            if (projection.Bidirectional)
            {
                check.Findings.Error(
                    $"projections.{name}.bidirectional", "layers receive from the layer below only; expected false");
            }
        }
    }

    private static void CheckLabels(ExampleTraits examples, IFindings findings)
    {
        if (examples is not { Inputs: int inputs, Classes: int classes })
            return;
        if (classes == 1)
        {
            findings.Error(
                "data.set", $"{examples.Name} has no labels, which forward-forward overlays; expected a set that has");
        }
        else if (inputs <= classes)
        {
            findings.Error(
                "data.set",
                $"the labels of {examples.Name} would cover all of its {inputs} inputs; "
                + "expected a set with more inputs than classes");
        }
    }

    private static void CheckLayer(ModelCheck check, string name, PopulationSettings population)
    {
        if (population.Role == PopulationRole.Output)
        {
            check.Findings.Error(
                $"populations.{name}.role", "forward-forward answers by the goodness of all layers; expected hidden");
        }

        if (population.Role != PopulationRole.Hidden)
            return;
        int sources = check.Projections.Count(projection => projection.Value.To == name);
        if (sources != 1)
        {
            check.Findings.Error(
                $"populations.{name}",
                $"receives from {sources} populations; expected one, since a layer divides its input by its length");
        }

        if (check.IsCut(population))
            check.Findings.Error("granularity", $"the goodness of {name} belongs to the whole layer; expected layer");
    }
}
