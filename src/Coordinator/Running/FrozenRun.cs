using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Networks;
using Nudge.Oracles;
using Nudge.Populations;
using Nudge.Topology;
using Nudge.Truth;
using Nudge.VirtualTime;

namespace Nudge.Running;

/// <summary>
/// The weights that measurements hold still: those of an experiment after its training, from one seed and with one b, so that
/// measurements with several of either have the same weights.
/// </summary>
internal sealed class FrozenRun
{
    private const ulong Seed = 1;
    private const double B = 0.5;
    private readonly NetworkPlan _network;
    private readonly StimulusSets _data;

    private FrozenRun(NetworkPlan network, StimulusSets data, VirtualEngine engine)
    {
        (_network, _data) = (network, data);
        Weights = NetworkWeights.Of(network, engine.Slices);
        EventHash = engine.EventHash;
    }

    internal NetworkWeights Weights { get; }

    /// <summary>Of the training.</summary>
    internal ulong EventHash { get; }

    /// <summary>The projection that the hidden units of an RBM learn.</summary>
    internal string HiddenCopy =>
        _network.Projections.Single(one => one.Target.Role == PopulationRole.Hidden && !one.IsWithin).Name;

    /// <summary>Trains for as long as the experiment asks.</summary>
    internal static FrozenRun Of(ExperimentSettings settings, StimulusSets data, CancellationToken cancellation)
    {
        PreparedRun run = PreparedRun.Prepare(
            settings with { Seed = Seed, Phases = settings.Phases with { B = B } }, data);
        var engine = new VirtualEngine(run.Network, run.TrainingSchedule);
        while (run.TrainingSchedule.Presentations < settings.Run.Presentations && engine.RunPhase(cancellation))
            cancellation.ThrowIfCancellationRequested();
        return new(run.Network, data, engine);
    }

    /// <summary>How an RBM of these weights mixes.</summary>
    internal GibbsSpectrum Spectrum() => PhaseBias.SpectrumOf(_network, Weights, _data.Train);

    /// <summary>The bias that theory gives for the phases and the rule of an experiment.</summary>
    internal static double PredictBias(ExperimentSettings settings, GibbsSpectrum spectrum) =>
        PhaseBias.Of(spectrum, settings.Phases, settings.Time.Step, settings.Learning.Rule.LearnsWithinPhases);
}
