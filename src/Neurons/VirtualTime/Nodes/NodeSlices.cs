using Nudge.Populations;
using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.VirtualTime.Nodes;

/// <summary>
/// What a node reports of its slices, and the coordinator takes over: their states, what was counted beside them, and the
/// signals of theirs that are under way. With it the coordinator has the whole state of the run.
/// </summary>
/// <param name="slices">All slices of the network, by number; on a node null for those of others.</param>
/// <param name="network">The calendar.</param>
/// <param name="lag">Counts steps in an older phase.</param>
internal sealed class NodeSlices(PopulationSlice?[] slices, VirtualNetwork network, PhaseLagTally lag) : IStateful
{
    /// <summary>The state in bytes.</summary>
    /// <param name="whole">With weights, and with the signals under way.</param>
    internal byte[] Save(bool whole)
    {
        using var stream = new MemoryStream();
        var state = StateSection.ToSave(stream, whole);
        Describe(state);
        state.Close();
        return stream.ToArray();
    }

    /// <summary>Takes over what a node reported.</summary>
    internal void Restore(byte[] report, bool whole)
    {
        using var stream = new MemoryStream(report, writable: false);
        var state = StateSection.ToRestore(stream, whole);
        Describe(state);
        state.Close();
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        List<int> own = [.. Enumerable.Range(0, slices.Length).Where(slice => slices[slice] is not null)];
        state.VariableList(1, "slices", own.Count, place =>
        {
            int slice = state.Index(1, state.IsRestoring ? 0 : own[place], slices.Length);
            state.Section(2, "slice", slices[slice]!);
            (long steps, long lagging) = lag.Of(slice);
            steps = state.Item(3, steps);
            lagging = state.Item(4, lagging);
            if (state.IsRestoring)
                lag.Add(slice, steps, lagging);
            // For those who watch, who never ask for weights.
            if (!state.HasWeights)
                state.Section(5, "phases", slices[slice]!.Trail);
        });
        if (!state.HasWeights)
            return;
        List<(SlicePlan Source, SentSignal Sent)> underWay = state.IsRestoring ? [] : UnderWay();
        Dictionary<(int Slice, long Sequence), List<SentSignal>> promised = state.IsRestoring ? Promised() : [];
        state.VariableList(2, "signals", underWay.Count, place =>
        {
            (SlicePlan source, SentSignal? sent) = state.IsRestoring ? (slices[0]!.Plan, null) : underWay[place];
            source = slices[state.Index(1, source.Index, slices.Length)]!.Plan;
            int lanes = slices[source.Index]!.Lanes;
            ActivitySignal signal = state.Signal(2, sent?.Signal ?? default, lanes, lanes * source.Values);
            if (!state.IsRestoring || !promised.TryGetValue((signal.Source, signal.Sequence), out List<SentSignal>? waiting))
                return;
            foreach (SentSignal one in waiting)
                one.Fill(signal);
        });
    }

    private List<(SlicePlan Source, SentSignal Sent)> UnderWay() =>
    [
        .. network.UnderWay.Where(one => slices[one.Source.Index] is not null).DistinctBy(one => (one.Source.Index, one.Sent.Sequence)),
    ];

    private Dictionary<(int Slice, long Sequence), List<SentSignal>> Promised() => network.UnderWay
        .Where(one => !one.Sent.IsReady)
        .GroupBy(one => (one.Source.Index, one.Sent.Sequence))
        .ToDictionary(same => same.Key, same => same.Select(one => one.Sent).Distinct().ToList());
}
