using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Models.BoltzmannMachine;

/// <summary>What a synapse takes as the activity of its own unit.</summary>
public enum UnitStatistic
{
    /// <summary>The sample: 0 or 1.</summary>
    Sample,

    /// <summary>The probability that the sample was drawn with: the same mean with less variance.</summary>
    Probability,
}

/// <summary>
/// Binary units that are sampled (Hinton 2002; theory §4). The input population is the visible one, and an output population
/// holds the label: both are clamped in the positive phase and free in the negative. A projection from a population to
/// itself couples its units, which are then sampled one after another.
/// </summary>
public sealed record BoltzmannMachineSettings : ModelSettings
{
    /// <summary>The factor on the energy: 1/T.</summary>
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double InverseTemperature { get; init; } = 1;

    /// <summary>What a synapse takes as the activity of its own unit.</summary>
    public UnitStatistic Statistic { get; init; } = UnitStatistic.Sample;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => BoltzmannMachineModel.Instance;

    /// <inheritdoc/>
    public override ModelTraits Traits { get; } = new(BoltzmannMachineModel.Word) { StateIsContinuous = false };

    /// <summary>The factor on every update: the inverse temperature (theory §4).</summary>
    public override double UpdateScale => InverseTemperature;
}

/// <summary>The definition of the model.</summary>
public sealed class BoltzmannMachineModel : ModelDefinition
{
    internal const string Word = "boltzmann-machine";

    internal static readonly BoltzmannMachineModel Instance = new();

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override string Summary =>
        "Binary units that are sampled: visible units are clamped in the positive phase and free in the negative one.";

    /// <inheritdoc/>
    public override string Source => "Hinton 2002; Williams, Bredenberg and Lajoie 2023";

    /// <inheritdoc/>
    public override Type SettingsType => typeof(BoltzmannMachineSettings);

    /// <inheritdoc/>
    public override ModelSettings Defaults { get; } = new BoltzmannMachineSettings();

    /// <inheritdoc/>
    public override bool InputHasState => true;

    /// <summary>Two Gibbs sweeps, each there and back: with fewer, the free phase hardly moves from its data.</summary>
    public override double LeastDelaysPerPhase => 4;

    /// <inheritdoc/>
    public override bool HasLikelihood => true;

    /// <inheritdoc/>
    public override bool ActivityIsOftenZero => true;

    /// <inheritdoc/>
    public override bool BeginsPositive => true;

    /// <inheritdoc/>
    // Centring moves biases by single weights, and the likelihood enumerates units of a matrix.
    public override bool AllowsWindows => false;

    /// <inheritdoc/>
    public override double UsualBiasRate(PopulationRole role, double projectionRate) =>
        role == PopulationRole.Hidden ? projectionRate : 0;

    /// <inheritdoc/>
    public override PopulationSlice CreateSlice(SliceContext context) => new BinarySlice(context);

    /// <inheritdoc/>
    public override Curriculum CreateCurriculum(CurriculumContext context) => new BoltzmannCurriculum(context);

    /// <inheritdoc/>
    public override ExampleNetwork Example(int inputs, int hidden, int classes) => new(
        [
            new("in", new() { Role = PopulationRole.Input, Size = inputs }),
            new("hidden", new() { Role = PopulationRole.Hidden, Size = hidden }),
        ],
        [new("in-hidden", new() { From = "in", To = "hidden", Bidirectional = true })]);

    /// <inheritdoc/>
    public override void Check(ModelCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (check.Examples.IsGrey)
        {
            check.Findings.Warn(
                "data.binarise", "binary units are clamped to grey values: binarise at 0.8, as the seed paper does, or at 0.5");
        }

        foreach ((string name, ProjectionSettings projection) in check.Projections)
            CheckProjection(check, $"projections.{name}", projection);
        foreach ((string name, PopulationSettings population) in check.Populations)
        {
            if (check.Findings.IsWritten($"populations.{name}.activation"))
                check.Findings.Warn($"populations.{name}.activation", "has no effect: units of a Boltzmann machine are binary");
            if (population.Role == PopulationRole.Output && check.Examples.IsUnlabelled)
            {
                check.Findings.Error(
                    $"populations.{name}.role", $"{check.Examples.Name} has no labels; expected no output population");
            }
        }
    }

    private static void CheckProjection(ModelCheck check, string path, ProjectionSettings projection)
    {
        if (projection.From == projection.To)
            CheckCoupling(check, path, projection);
        else if (!projection.Bidirectional)
            check.Findings.Error($"{path}.bidirectional", "couplings of a Boltzmann machine go both ways; expected true");
    }

    private static void CheckCoupling(ModelCheck check, string path, ProjectionSettings projection)
    {
        PopulationSettings population = check.Populations.GetValueOrDefault(projection.To)
            ?? new() { Role = PopulationRole.Hidden, Size = 1 };
        if (population.Role != PopulationRole.Hidden)
            check.Findings.Error($"{path}.to", "only hidden units are coupled among themselves; expected a hidden population");
        if (projection.Bidirectional)
            check.Findings.Error($"{path}.bidirectional", "couplings within a population are one symmetric matrix; expected false");
        if (check.Lanes > 1)
            check.Findings.Error("lanes", $"{check.Lanes} lanes, but coupled units are sampled one after another; expected 1");
        if (check.IsCut(population))
        {
            check.Findings.Error(
                "granularity", $"units of {projection.To} are sampled one after another, in one slice; expected layer");
        }

        if (check.Rule is BoltzmannIsdSettings { Centring: > 0 })
            check.Findings.Error("learning.rule.centring", "couplings within a population are not centred; expected 0");
    }
}
