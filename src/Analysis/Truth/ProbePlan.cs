using Nudge.Networks;
using Nudge.Topology;

namespace Nudge.Truth;

/// <summary>
/// The network of a probe: the settings of a run with what turns gradients into changes of weights taken out. Rates are 1,
/// nothing decays, no optimiser rescales and no batch waits; links, clocks, phases, rule and gate stay as they are.
/// </summary>
internal static class ProbePlan
{
    internal static NetworkPlan Of(NetworkPlan network)
    {
        NetworkSettings settings = network.Settings;
        return NetworkCompiler.Compile(
            settings with
            {
                Projections =
                [
                    .. settings.Projections.Select(pair => KeyValuePair.Create(pair.Key, AtRateOne(pair.Value))),
                ],
                Populations =
                [
                    .. network.Populations.Select(one => KeyValuePair.Create(
                        one.Name, one.Settings with { BiasRate = network.BiasRate(one) > 0 ? 1 : 0 })),
                ],
                Learning = settings.Learning with { RateFactor = 1, Decay = 0, Batch = 1, Optimiser = new(), Weights = new() },
            },
            network.ExpectedStimuli);
    }

    // A connection that does not learn is no part of the estimate.
    private static ProjectionSettings AtRateOne(ProjectionSettings projection) =>
        projection with { Rate = projection.Rate > 0 ? 1 : 0, Schedule = new(), Decay = 0 };
}
