using Nudge.State;

namespace Nudge.Synapses;

/// <content>The synapses in checkpoints.</content>
public sealed partial class SynapseGroup : IStateful
{
    /// <summary>Weights, what was received, and the current that was summed from it.</summary>
    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.HasWeights)
            DescribeWeights(state);
        state.Floats(4, _received, "received");
        state.Floats(5, _current);
        if (_represented is not null)
            state.Floats(6, _represented);
        ReceivedVersion = state.Item(7, ReceivedVersion, "receivedVersion");
        state.Item(8, ref _representedVersion);
        state.Item(9, ref _weightsChanged);
        if (state.HasWeights)
            state.Section(10, "rate", Rate);
        if (state.HasWeights && _grid is not null)
            state.Section(11, "grid", _grid);
        if (state.IsRestoring)
            _listedVersion = -1;
    }

    private void DescribeWeights(StateSection state)
    {
        state.Floats(1, Weights.Storage, "weights");
        if (_sum is not null)
            state.Floats(2, _sum.Storage, "sum");
        if (_adam is not null)
            state.Section(3, "adam", _adam);
    }
}
