using Nudge.Catalogue;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Models.HelmholtzMachine;

/// <summary>
/// A Helmholtz machine with wake-sleep learning (Dayan, Hinton, Neal and Zemel 1995; Hinton, Dayan, Frey and Neal 1995; theory
/// §4): binary units with recognition synapses from below and generative synapses from above. In the positive phase (wake) the
/// input is clamped and recognised, and generative synapses learn; in the negative phase (sleep) the network generates, and
/// recognition synapses learn.
/// </summary>
public sealed record HelmholtzMachineSettings : ModelSettings
{
    /// <inheritdoc/>
    public override ISettingsDefinition Definition => HelmholtzMachineModel.Instance;

    /// <inheritdoc/>
    public override ModelTraits Traits { get; } =
        new(HelmholtzMachineModel.Word) { StatisticIsProduct = false, StateIsContinuous = false };
}

/// <summary>The definition of the model.</summary>
public sealed class HelmholtzMachineModel : ModelDefinition
{
    internal const string Word = "helmholtz-machine";

    /// <summary>Which of the two biases of a unit belongs to its generative synapses.</summary>
    public const int GenerativeBias = 0;

    /// <summary>Which of the two biases of a unit belongs to its recognition synapses; units of the input have none.</summary>
    public const int RecognitionBias = 1;

    internal static readonly HelmholtzMachineModel Instance = new();

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override string Summary =>
        "Binary units that recognise in the positive phase, where generative synapses learn, and generate in the negative one, "
        + "where recognition synapses learn.";

    /// <inheritdoc/>
    public override string Source => "Dayan, Hinton, Neal and Zemel 1995; Hinton, Dayan, Frey and Neal 1995";

    /// <inheritdoc/>
    public override Type SettingsType => typeof(HelmholtzMachineSettings);

    /// <inheritdoc/>
    public override ModelSettings Defaults { get; } = new HelmholtzMachineSettings();

    /// <inheritdoc/>
    public override bool InputHasState => true;

    /// <summary>
    /// The phase comes up, what is generated goes down, and the answer comes up again: with fewer, hardly any pair of samples is
    /// complete before the phase ends. Each further layer adds two.
    /// </summary>
    public override double LeastDelaysPerPhase => 3;

    /// <inheritdoc/>
    public override bool HasLikelihood => true;

    /// <inheritdoc/>
    public override bool ActivityIsOftenZero => true;

    /// <inheritdoc/>
    public override bool BeginsPositive => true;

    /// <inheritdoc/>
    // Units have two biases, and the oracles read matrices.
    public override bool AllowsWindows => false;

    /// <inheritdoc/>
    public override int BiasesPerUnit(PopulationRole role) => role == PopulationRole.Input ? 1 : 2;

    /// <inheritdoc/>
    public override PopulationSlice CreateSlice(SliceContext context) => new HelmholtzSlice(context);

    /// <inheritdoc/>
    public override Curriculum CreateCurriculum(CurriculumContext context) => new HelmholtzCurriculum(context);

    /// <inheritdoc/>
    public override ExampleNetwork Example(int inputs, int hidden, int classes) => new(
        [
            new("in", new() { Role = PopulationRole.Input, Size = inputs }),
            new("lower", new() { Role = PopulationRole.Hidden, Size = hidden }),
            new("upper", new() { Role = PopulationRole.Hidden, Size = (hidden + 1) / 2 }),
        ],
        [
            new("in-lower", Connection("in", "lower")),
            new("lower-upper", Connection("lower", "upper")),
        ]);

    /// <inheritdoc/>
    public override void Check(ModelCheck check) => HelmholtzCheck.Run(check);

    private static ProjectionSettings Connection(string from, string to) =>
        new() { From = from, To = to, Bidirectional = true, Init = Initialisation.Independent };
}
