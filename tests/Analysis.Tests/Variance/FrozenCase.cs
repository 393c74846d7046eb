using Nudge.Clocks;
using Nudge.Models;
using Nudge.Models.BoltzmannMachine;
using Nudge.Models.ContrastiveHebbian;
using Nudge.Models.EquilibriumPropagation;
using Nudge.Models.ForwardForward;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Testing;
using Nudge.Topology;
using Nudge.Training;
using Nudge.Truth;
using Nudge.Variance;
using Nudge.VirtualTime;

namespace Nudge.Analysis.Tests.Variance;

/// <summary>A small network with weights of its own, its examples, and what its updates should be on average.</summary>
internal sealed partial class FrozenCase
{
    private const int Blocks = 20;

    private static readonly ProjectionSettings Within = new() { From = "hidden", To = "hidden", Deviation = 0.5 };

    private FrozenCase(NetworkSettings settings, VectorExamples examples, Func<FrozenCase, GradientVector> exact)
    {
        (Settings, Examples) = (settings, examples);
        Network = NetworkCompiler.Compile(settings, 1);
        Slices = [.. Network.Slices.Select(slice => Network.CreateSlice(slice))];
        foreach (PopulationSlice slice in Slices)
            slice.Bias?.Set(Rising(slice.Plan.Count));
        Gradient = new(() => Flat(exact(this)));
    }

    public NetworkSettings Settings { get; }

    public VectorExamples Examples { get; }

    public NetworkPlan Network { get; }

    public PopulationSlice[] Slices { get; }

    /// <summary>The exact mean update, in the order of the recorder.</summary>
    private Lazy<double[]> Gradient { get; }

    public static FrozenCase Of(string name) => name switch
    {
        "rbm" => Boltzmann(coupled: false),
        "rbm-silent" => Silent(),
        "sbm" => Boltzmann(coupled: true),
        "ep" => Equilibrium("isd", new EquilibriumPropagationSettings()),
        "ep-differential" => Equilibrium("differential-isd", new EquilibriumPropagationSettings()),
        "chl" => Equilibrium("isd", new ContrastiveHebbianSettings()),
        "ff" => Layers(),
        _ => throw new ArgumentException(name),
    };

    /// <summary>The engine at one b, held still.</summary>
    public VirtualEngine Engine(double b, ulong seed = 11) => Prepare(b, seed).Engine;

    /// <summary>The engine and its schedule; its weights stand still once a recorder is there.</summary>
    public (VirtualEngine Engine, TrainingSchedule TrainingSchedule) Prepare(PhaseProbability b, ulong seed = 11) =>
        FrozenNetwork.Prepare(FrozenNetwork.At(Settings, b, seed), Examples, Slices);

    /// <summary>The length of the mean update along the exact gradient, which is 1, and its standard error.</summary>
    public (double Slope, double Error) Slope(double b, int phases)
    {
        double[] exact = Gradient.Value;
        double length = exact.Sum(value => value * value);
        var slopes = new List<double>();
        VarianceMeasurement.Record(Engine(b), phases, (_, update, scale) =>
        {
            double dot = 0;
            for (int i = 0; i < exact.Length; i++)
                dot += exact[i] * update[i];
            slopes.Add(scale * dot / length);
        });
        double[] means = [.. slopes.Chunk(slopes.Count / Blocks).Take(Blocks).Select(block => block.Average())];
        double mean = means.Average();
        return (mean, Math.Sqrt(means.Sum(value => (value - mean) * (value - mean)) / (Blocks - 1) / Blocks));
    }

    private static float[] Rising(int count) =>
        [.. Enumerable.Range(0, count).Select(i => 0.15f + (0.3f * i / count))];

    private static FrozenCase Equilibrium(string rule, ModelSettings model)
    {
        NetworkSettings plain = SmallNetwork.Settings(4, 8, 3);
        return new(
            plain with
            {
                Projections =
                [
                    .. plain.Projections.Select(one => KeyValuePair.Create(one.Key, one.Value with { Gain = 0.4 })),
                ],
                Model = model,
                Learning = new() { Rule = NamedSettings.Rule(rule, model) },
                Lanes = 16,
                Phases = Phases(16, rule == "isd" ? 1 : 2),
            },
            VectorExamples.Spread(6, 4, 3),
            self => ExactReferences.Of(self.Network, NetworkWeights.Of(self.Network, self.Slices), self.Examples).Gradient);
    }

    private static FrozenCase Boltzmann(bool coupled) => new(
        new()
        {
            Seed = 5,
            Populations =
            [
                new("visible", new() { Role = PopulationRole.Input, Size = 4, BiasRate = 0.1 }),
                new("hidden", new() { Role = PopulationRole.Hidden, Size = 3 }),
            ],
            Projections =
            [
                new("weights", new() { From = "visible", To = "hidden", Bidirectional = true, Deviation = 0.5 }),
                .. coupled
                    ? new[] { KeyValuePair.Create("within", Within) }
                    : [],
            ],
            Time = new() { Step = 1 },
            Clocks = new() { Scope = ClockScope.Population, Jitter = 0, Stagger = true },
            Model = new BoltzmannMachineSettings(),
            Learning = new() { Rule = new BoltzmannIsdSettings() },
            Lanes = coupled ? 1 : 16,
            Phases = Phases(12, 1),
        },
        new([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 1]], [0, 0, 0], 1),
        Likelihood);

    /// <summary>Free, hardly a unit is on; clamped, most are, so that b* is far above one half.</summary>
    private static FrozenCase Silent()
    {
        FrozenCase silent = Boltzmann(coupled: false);
        foreach (PopulationSlice slice in silent.Slices)
        {
            slice.Bias!.Set([.. Enumerable.Repeat(-3f, slice.Plan.Count)]);
            slice.Synapses[0].Weights.CopyFromRowMajor([.. Enumerable.Repeat(1.2f, 12)]);
        }

        return silent;
    }

    private static FrozenCase Layers() => new(
        new()
        {
            Seed = 5,
            Populations =
            [
                new("in", new() { Role = PopulationRole.Input, Size = 6 }),
                new("lower", new() { Role = PopulationRole.Hidden, Size = 8 }),
                new("upper", new() { Role = PopulationRole.Hidden, Size = 5 }),
            ],
            Projections =
            [
                new("in-lower", new() { From = "in", To = "lower", Gain = 2 }),
                new("lower-upper", new() { From = "lower", To = "upper", Gain = 2 }),
            ],
            Classes = 2,
            Time = new() { Step = 1 },
            Clocks = new() { Scope = ClockScope.Population, Jitter = 0, Stagger = true },
            Model = new ForwardForwardSettings { Threshold = 2, LabelValue = 2 },
            Learning = new() { Rule = new ForwardForwardIsdSettings() },
            Lanes = 16,
            Phases = Phases(4, 1),
        },
        VectorExamples.Spread(6, 6, 2),
        Goodness);

    private static PhaseSettings Phases(double length, int perStimulus) => new()
    {
        PerStimulus = perStimulus,
        Length = new() { Law = PhaseLengthLaw.Fixed, Floor = 0, Mean = length },
    };

    private float[] Input(int example)
    {
        float[] values = new float[Examples.InputSize];
        Examples.CopyInput(example, values);
        return values;
    }

    private double[] Flat(GradientVector vector) =>
    [
        .. Slices.Where(slice => slice.Synapses.Length > 0).SelectMany(slice =>
            Network.Afferents(slice.Plan.Population)
                .SelectMany(projection => vector.Weights[projection.Index])
                .Concat(vector.Biases[slice.Plan.Population.Index])),
    ];
}
