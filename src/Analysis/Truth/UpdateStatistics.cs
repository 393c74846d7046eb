using Nudge.Networks;

namespace Nudge.Truth;

/// <summary>What a probe saw: the updates of every connection that learns.</summary>
public sealed class UpdateStatistics
{
    internal UpdateStatistics(
        NetworkPlan network,
        IReadOnlyDictionary<int, UpdateSeries> projections,
        IReadOnlyDictionary<int, UpdateSeries> biases,
        long phases)
    {
        (Network, Projections, Biases, Phases) = (network, projections, biases, phases);
    }

    /// <summary>The network that was probed.</summary>
    public NetworkPlan Network { get; }

    /// <summary>By the number of a directed projection.</summary>
    public IReadOnlyDictionary<int, UpdateSeries> Projections { get; }

    /// <summary>By the number of a population.</summary>
    public IReadOnlyDictionary<int, UpdateSeries> Biases { get; }

    /// <summary>Phases that could teach and were counted.</summary>
    public long Phases { get; }
}
