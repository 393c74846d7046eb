using Nudge.Plasticity;
using Nudge.Synapses;

namespace Nudge.Audit;

/// <summary>The synapses and biases that a rule is handed, which it may hold on to.</summary>
internal static class OwnState
{
    /// <summary>The objects themselves, with what theory §5 grants.</summary>
    internal static List<object> Of(in LocalSignals here)
    {
        List<object> own = [here.Bias.Group, here.Bias.Group.Rate];
        foreach (SynapseGroup synapses in here.Synapses.Groups)
            own.AddRange([synapses, synapses.Weights, synapses.Rate]);
        return own;
    }

    /// <summary>The places there that theory §5 does not grant.</summary>
    internal static List<StateCell> Cells(in LocalSignals here)
    {
        List<StateCell> cells = [.. StateCells.AtSynapses(nameof(BiasGroup), here.Bias.Group)];
        foreach (SynapseGroup synapses in here.Synapses.Groups)
            cells.AddRange(StateCells.AtSynapses($"{nameof(SynapseGroup)} {synapses.Projection.Name}", synapses));
        return cells;
    }
}
