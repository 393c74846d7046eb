using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Models;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Topology;

namespace OwnModel.SoftmaxLayer;

/// <summary>
/// One layer of softmax units that learns by contrast: p = softmax(γ(b + W·x)) is the distribution of the class given
/// the input x. The output is held at its target y in the positive phase and free in the negative one, so the contrast
/// y_i x_j − p_i x_j is, times γ, the gradient of the log-likelihood (Bridle 1990): multinomial logistic regression.
/// </summary>
public sealed record SoftmaxSettings : ModelSettings
{
    /// <summary>γ, how strongly the units compete.</summary>
    [Range(0, 1e3, MinimumIsExclusive = true)]
    public double InverseTemperature { get; init; } = 1;

    /// <inheritdoc/>
    public override ISettingsDefinition Definition => SoftmaxModel.Instance;

    /// <inheritdoc/>
    public override ModelTraits Traits { get; } = new("softmax-layer");

    /// <summary>The factor on every update: γ.</summary>
    public override double UpdateScale => InverseTemperature;
}

/// <summary>The definition of the model.</summary>
public sealed class SoftmaxModel : ModelDefinition
{
    internal static readonly SoftmaxModel Instance = new();

    /// <inheritdoc/>
    public override string Name => "softmax-layer";

    /// <inheritdoc/>
    public override string Summary =>
        "One layer of competing units; the positive phase holds the output at its target.";

    /// <inheritdoc/>
    public override string Source => "Bridle 1990; the contrast is an example of ours";

    /// <inheritdoc/>
    public override Type SettingsType => typeof(SoftmaxSettings);

    /// <inheritdoc/>
    public override ModelSettings Defaults { get; } = new SoftmaxSettings();

    /// <inheritdoc/>
    public override bool NeedsOutput => true;

    /// <inheritdoc/>
    public override PopulationSlice CreateSlice(SliceContext context) => new SoftmaxSlice(context);

    /// <inheritdoc/>
    public override Curriculum CreateCurriculum(CurriculumContext context) =>
        new TargetCurriculum(context, positive: float.PositiveInfinity, negative: 0);

    /// <inheritdoc/>
    public override void Check(ModelCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        foreach ((string name, PopulationSettings population) in check.Populations)
        {
            string path = $"populations.{name}";
            if (population.Role == PopulationRole.Hidden)
                check.Findings.Error($"{path}.role", "a softmax layer has no hidden units; expected input or output");
            else if (population.Role == PopulationRole.Output && check.IsCut(population))
                check.Findings.Error($"{path}.granularity", "softmax needs all its units in one slice; expected layer");
        }
    }

    /// <inheritdoc/>
    public override ExampleNetwork Example(int inputs, int hidden, int classes) => new(
        [
            new("in", new() { Role = PopulationRole.Input, Size = inputs }),
            new("label", new() { Role = PopulationRole.Output, Size = classes }),
        ],
        [new("in-label", new() { From = "in", To = "label" })]);
}
