using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.Synapses;
using Nudge.Training;
using Nudge.VirtualTime;

namespace Nudge.Audit;

/// <summary>A network that runs for the audit's sake, always from its very beginning, so that no saved state hides any.</summary>
internal sealed class AuditRun
{
    private readonly VirtualEngine _engine;

    internal AuditRun(NetworkPlan network, IStimulusSet examples, RuleMaker rules, BoundaryProbe probe)
    {
        Probe = probe;
        var schedule = new TrainingSchedule(network, new(long.MaxValue / 2, 0, 1), examples, examples);
        _engine = new(network, schedule, probe.Around(rules));
        RuleInspection.InspectForeign(probe.Rules.Select(rule => rule.Observed));
    }

    internal BoundaryProbe Probe { get; }

    /// <summary>Runs for one phase and gives a hash of all weights and biases, and of what is reported to the coordinator.</summary>
    internal ulong RunPhase()
    {
        _engine.RunPhase();
        ulong hash = 1;
        foreach (PopulationSlice slice in _engine.Slices)
        {
            foreach (SynapseGroup synapses in slice.Synapses)
                hash = BitsHash.Of(synapses.Weights.Storage, hash);
            hash = slice.Bias is { } bias ? BitsHash.Of(bias.Values, hash) : hash;
            // What it reports to the coordinator steers later phases, and so later weights.
            if (slice.SecondMoments is { } spread)
            {
                hash = BitsHash.Mix(hash, BitConverter.DoubleToUInt64Bits(spread.Positive));
                hash = BitsHash.Mix(hash, BitConverter.DoubleToUInt64Bits(spread.Negative));
            }
        }

        return hash;
    }
}
