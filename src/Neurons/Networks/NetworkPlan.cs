using Nudge.Links;
using Nudge.Models;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Topology;

namespace Nudge.Networks;

/// <summary>
/// A network compiled from its settings: everything numbered, nothing running. Engines make slices, rules and curriculum
/// from it; each of these receives no more than it needs.
/// </summary>
public sealed class NetworkPlan : NetworkTopology
{
    internal NetworkPlan(NetworkSettings settings, NetworkTopology topology, long expectedStimuli)
        : base(topology)
    {
        Settings = settings;
        ExpectedStimuli = expectedStimuli;
    }

    /// <summary>The settings that it was compiled from.</summary>
    public NetworkSettings Settings { get; }

    /// <summary>The weights that its slices begin with; null for those that are drawn from the seed.</summary>
    public NetworkWeights? InitialWeights { get; private init; }

    /// <summary>The model.</summary>
    public ModelDefinition Model => Settings.ModelDefinition;

    /// <summary>The rule.</summary>
    public RuleDefinition Rule => Settings.Learning.Rule.Rule;

    /// <summary>Stimuli that one lane will see in the whole run: the horizon of linear rate schedules.</summary>
    public long ExpectedStimuli { get; }

    /// <summary>The populations whose answers the coordinator receives.</summary>
    public IEnumerable<PopulationPlan> Answering => Model.Answering(this);

    /// <summary>What model and rule require of the polarity of phases.</summary>
    public PolarityTraits Polarity => new(
        Rule.WeighsPolaritiesAlike,
        Settings.Model.DrawsNudgeSign,
        Model.BeginsPositive,
        Settings.Model.NudgeInPhase.Waveform != NudgeWaveform.Constant);

    /// <summary>Updates that one connection is expected to make in the whole run.</summary>
    public double ExpectedUpdates
    {
        get
        {
            int perStimulus = Settings.Phases.PerStimulus;
            int teaching = Rule.ComparesPhases ? perStimulus - 1 : perStimulus;
            double phases = (double)ExpectedStimuli * teaching;
            RuleSettings rule = Settings.Learning.Rule;
            if (!rule.LearnsWithinPhases)
                return phases;
            return phases * (rule.UpdatesInPhase(Settings.Model.NudgeInPhase) ?? Settings.Phases.Length.Mean / Settings.Time.Step);
        }
    }

    /// <summary>The same network, whose slices begin with given weights.</summary>
    /// <param name="weights">For each directed projection targets × sources, and the biases of each population.</param>
    public NetworkPlan BeginningWith(NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new(Settings, this, ExpectedStimuli) { InitialWeights = weights };
    }

    /// <summary>Initial learning rate of a population's biases; 0 where its units have none that learn.</summary>
    public double BiasRate(PopulationPlan population)
    {
        ArgumentNullException.ThrowIfNull(population);
        return population.Settings.BiasRate
            ?? Model.UsualBiasRate(population.Role, Afferents(population).FirstOrDefault()?.Settings.LearningRate ?? 0);
    }

    /// <summary>Makes one slice, at rest, with its first weights.</summary>
    /// <param name="slice">The slice's place in this network.</param>
    /// <param name="rules">Makes its plasticity rule; by default the one that the settings name.</param>
    public PopulationSlice CreateSlice(SlicePlan slice, RuleMaker? rules = null)
    {
        ArgumentNullException.ThrowIfNull(slice);
        return CreateSlice(ContextOf(slice, rules));
    }

    /// <summary>Makes a slice at rest that reads the weights of another one, whatever they become, and never learns.</summary>
    /// <param name="lender">Another slice of this network.</param>
    internal PopulationSlice CreateReader(PopulationSlice lender) =>
        CreateSlice(ContextOf(lender.Plan, static _ => NoPlasticity.Instance) with { Lender = lender });

    /// <summary>Makes what decides what the network is shown.</summary>
    /// <param name="questionLength">Length of each phase of a question, in τ.</param>
    public Curriculum CreateCurriculum(double questionLength) => Model.CreateCurriculum(new(
        this, Settings.Model, Settings.Seed, Settings.Lanes, Settings.Classes, Settings.Time.Step, questionLength));

    /// <summary>What the plasticity rule of a slice is made from.</summary>
    public RuleContext RuleContextOf(SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        LearningSettings learning = Settings.Learning;
        return new()
        {
            Slice = slice,
            Afferents =
            [
                .. Afferents(slice.Population).Select(one => new RuleAfferent(one, BiasRate(one.Source) > 0)),
            ],
            Settings = learning.Rule,
            Model = Settings.Model,
            Lanes = Settings.Lanes,
            HasBiases = BiasRate(slice.Population) > 0,
            Gate = learning.Gate,
            MeanPhaseLength = Settings.Phases.Length.Mean,
            Batch = learning.Batch,
            MeasuresSecondMoments = Settings.Phases.B.IsOptimal,
        };
    }

    private PopulationSlice CreateSlice(SliceContext context)
    {
        PopulationSlice slice = context.Slice.Population.HasState ? Model.CreateSlice(context) : new InputSlice(context);
        // A slice that reads the weights of another one must not set them back.
        if (context.Lender is null)
            InitialWeights?.CopyTo([slice]);
        return slice;
    }

    private SliceContext ContextOf(SlicePlan slice, RuleMaker? rules)
    {
        LearningSettings learning = Settings.Learning;
        ProjectionPlan[] arriving = [.. Afferents(slice.Population)];
        bool inTurn = Settings.Clocks is { Stagger: true, Jitter: 0, Drift: 0 };
        return new()
        {
            Slice = slice,
            Afferents = [.. arriving.Select(one => new AfferentPlan(one, one.IsWithin ? [] : SlicesOf(one.Source)))],
            Synapses = new(
                Settings.Seed,
                Settings.Lanes,
                learning.RateFactor,
                learning.Decay,
                learning.Batch,
                learning.Optimiser,
                learning.Weights,
                ExpectedUpdates,
                Model.ActivityIsOftenZero),
            BiasRate = BiasRate(slice.Population),
            BiasSchedule = arriving.FirstOrDefault()?.Settings.Schedule ?? new(),
            Rule = RuleContextOf(slice),
            Rules = rules ?? RuleFactory.Create,
            Tags = learning.Tags,
            Devices = Settings.Devices,
            Send = Settings.Links.Activity.Send,
            TakesTurns = inTurn && arriving.All(one => one.Link.Delay is NoDelay),
        };
    }
}
