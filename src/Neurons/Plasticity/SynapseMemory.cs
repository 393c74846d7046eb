using Nudge.Numerics;
using Nudge.State;

namespace Nudge.Plasticity;

/// <summary>
/// Two low-pass traces of ρ_i·ρ_j at each synapse of one projection, and what has passed the threshold of their difference
/// since they began: lane by lane, since a threshold of a sum is not the sum of thresholds.
/// </summary>
/// <param name="lanes">Number of lanes.</param>
/// <param name="units">Number of units.</param>
/// <param name="sources">Number of sources.</param>
internal sealed class SynapseMemory(int lanes, int units, int sources) : IStateful
{
    private readonly PanelMatrix[] _fast = Blank(lanes, units, sources);
    private readonly PanelMatrix[] _slow = Blank(lanes, units, sources);
    private readonly PanelMatrix[] _sum = Blank(lanes, units, sources);

    // Sources that have been silent since the beginning have traces of zero, which stay so.
    private readonly bool[] _spoke = new bool[lanes * sources];

    /// <summary>What has passed the threshold, integrated over time: one matrix for each lane.</summary>
    internal ReadOnlySpan<PanelMatrix> Sums => _sum;

    /// <summary>Begins with traces that have long followed the present product, and nothing that has passed.</summary>
    /// <param name="activity">ρ of the units, lanes × padded units.</param>
    /// <param name="received">What arrived, lanes × sources.</param>
    internal void Begin(ReadOnlySpan<float> activity, ReadOnlySpan<float> received)
    {
        Clear();
        // A whole step, and no time for anything to pass.
        Follow(activity, received, new(FastShare: 1, SlowShare: 1, float.PositiveInfinity, Time: 0));
    }

    /// <summary>Follows the present product for one step.</summary>
    internal void Follow(ReadOnlySpan<float> activity, ReadOnlySpan<float> received, in MemoryStep step)
    {
        for (int i = 0; i < _spoke.Length; i++)
            _spoke[i] |= received[i] != 0;
        for (int lane = 0; lane < lanes; lane++)
        {
            (PanelMatrix fast, PanelMatrix slow, PanelMatrix sum) = (_fast[lane], _slow[lane], _sum[lane]);
            for (int row = 0; row < fast.PaddedRows; row += PanelMatrix.PanelRows)
            {
                ReadOnlySpan<float> posts = activity.Slice((lane * fast.PaddedRows) + row, PanelMatrix.PanelRows);
                for (int column = 0; column < sources; column++)
                {
                    if (!_spoke[(lane * sources) + column])
                        continue;
                    int place = ((row / PanelMatrix.PanelRows * sources) + column) * PanelMatrix.PanelRows;
                    VectorKernels.FollowDifference(
                        posts, received[(lane * sources) + column], step, fast.Storage[place..], slow.Storage[place..], sum.Storage[place..]);
                }
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        Array.Clear(_spoke);
        foreach (PanelMatrix[] kind in (ReadOnlySpan<PanelMatrix[]>)[_fast, _slow, _sum])
        {
            foreach (PanelMatrix lane in kind)
                lane.Storage.Clear();
        }
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        state.List(1, "lanes", lanes, lane =>
        {
            state.Floats(1, _fast[lane].Storage, "fast");
            state.Floats(2, _slow[lane].Storage, "slow");
            state.Floats(3, _sum[lane].Storage, "sum");
        });
        state.Flags(2, _spoke);
    }

    private static PanelMatrix[] Blank(int lanes, int units, int sources) =>
        [.. Enumerable.Range(0, lanes).Select(_ => new PanelMatrix(units, sources))];
}
