using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Synapses;
using Nudge.Topology;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Truth;

/// <summary>
/// Observes the estimator: runs a fresh network in virtual time, with the links, clocks, phases and rule of a run and the
/// weights of one moment, and records each phase's update as the rule would have applied it at rate 1, while the weights
/// stand still. The run itself, whichever its engine, is not touched.
/// </summary>
public sealed class UpdateProbe
{
    /// <summary>Blocks of phases whose spread gives the errors.</summary>
    public const int Blocks = 20;

    // So many that a chain or a network has forgotten that it began at rest.
    private const int WarmUp = 32;

    // The last counted phase is learned from once the next one has been received.
    private const int Further = 3;

    private readonly NetworkPlan _plan;
    private readonly NetworkWeights _weights;
    private readonly IStimulusSet _training;
    private readonly RuleMaker _rules;

    /// <summary>Makes a probe.</summary>
    /// <param name="network">The network of the run.</param>
    /// <param name="weights">Its weights at the moment in question.</param>
    /// <param name="training">What is shown.</param>
    /// <param name="rules">Makes the plasticity rules; by default those that the settings name.</param>
    public UpdateProbe(NetworkPlan network, NetworkWeights weights, IStimulusSet training, RuleMaker? rules = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(training);
        (_plan, _weights, _training) = (ProbePlan.Of(network), weights, training);
        _rules = rules ?? RuleFactory.Create;
    }

    /// <summary>Records the updates of a number of phases.</summary>
    /// <param name="phases">Phases that can teach; rounded up to a multiple of <see cref="Blocks"/>.</param>
    /// <exception cref="NumericalException">A current is no longer a finite number.</exception>
    public UpdateStatistics Run(long phases)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(phases, 1);
        long perBlock = (phases + Blocks - 1) / Blocks;
        var blocks = new PhaseBlocks(_plan.Rule.ComparesPhases, WarmUp, perBlock, Blocks);
        var schedule = new TrainingSchedule(_plan, new(long.MaxValue / 4, 0, 1), _training, _training);
        var rules = new ObservedRule[_plan.Slices.Count];
        var engine = new VirtualEngine(
            _plan, schedule, context => rules[context.Slice.Index] = new(_rules(context), blocks));
        _weights.CopyTo(engine.Slices);
        UpdateStatistics statistics = Attach(engine, rules, perBlock);
        for (int further = 0; further < Further; further += blocks.Complete ? 1 : 0)
        {
            engine.RunPhase();
            blocks.Begin(schedule.Present!);
        }

        foreach (ObservedRule? rule in rules)
            rule?.Flush();
        return statistics;
    }

    private UpdateStatistics Attach(VirtualEngine engine, ObservedRule?[] rules, long perBlock)
    {
        var projections = _plan.Projections.Where(one => one.Settings.LearningRate > 0).ToDictionary(
            one => one.Index,
            one => new UpdateSeries(one.Name, one.WeightCount, Blocks, perBlock));
        var biases = _plan.Populations.Where(one => _plan.BiasRate(one) > 0).ToDictionary(
            one => one.Index, one => new UpdateSeries($"{one.Name}.bias", one.BiasCount, Blocks, perBlock));
        foreach (PopulationSlice slice in engine.Slices)
        {
            if (rules[slice.Plan.Index] is not { } rule)
                continue;
            foreach (SynapseGroup synapses in slice.Synapses)
                synapses.Sink = Watch(rule, slice.Plan, projections.GetValueOrDefault(synapses.Projection.Index), synapses);
            slice.Bias!.Sink = Watch(rule, slice.Plan, biases.GetValueOrDefault(slice.Plan.Population.Index), null);
        }

        return new(_plan, projections, biases, perBlock * Blocks);
    }

    private static PartSink Watch(ObservedRule rule, SlicePlan slice, UpdateSeries? series, SynapseGroup? synapses)
    {
        // What does not learn must stand still too, although it is not asked for.
        series ??= new("", synapses?.Projection.WeightCount ?? slice.Population.BiasCount, Blocks, 1);
        var sink = new PartSink(series, slice, synapses?.Projection);
        rule.Sinks.Add(sink);
        return sink;
    }
}
