using Nudge.Populations;
using Nudge.Signals;
using Nudge.State;

namespace Nudge.VirtualTime;

/// <summary>
/// Counts the steps at which a slice was in an older phase than the coordinator; nothing in the network reads it. Each slice
/// has a count of its own, so that slices may step at the same time.
/// </summary>
/// <param name="slices">Number of slices.</param>
internal sealed class PhaseLagTally(int slices)
{
    private readonly long[] _steps = new long[slices];
    private readonly long[] _lagging = new long[slices];

    /// <summary>The coordinator's phase, or null before the first and after the last.</summary>
    internal PhaseNumber? Present { get; set; }

    /// <summary>
    /// Share of the steps of slices with synapses at which they were in an older phase than the coordinator; not a number
    /// before the first step.
    /// </summary>
    internal double Share => (double)_lagging.Sum() / _steps.Sum();

    /// <summary>Counts the step that a slice has just made.</summary>
    internal void Count(PopulationSlice slice)
    {
        if (slice.Synapses.IsEmpty || Present is not PhaseNumber present)
            return;
        _steps[slice.Plan.Index]++;
        if (slice.Tag.Phase < present)
            _lagging[slice.Plan.Index]++;
    }

    /// <summary>The counts of all slices together.</summary>
    internal (long Steps, long Lagging) Sum => (_steps.Sum(), _lagging.Sum());

    /// <summary>The counts of one slice.</summary>
    internal (long Steps, long Lagging) Of(int slice) => (_steps[slice], _lagging[slice]);

    /// <summary>Adds counts that were made elsewhere.</summary>
    internal void Add(int slice, long steps, long lagging)
    {
        _steps[slice] += steps;
        _lagging[slice] += lagging;
    }

    /// <summary>Forgets all counts.</summary>
    internal void Clear()
    {
        Array.Clear(_steps);
        Array.Clear(_lagging);
    }

    /// <summary>Saves or restores both sums.</summary>
    internal void Describe(StateSection state, int stepsTag, int laggingTag)
    {
        long steps = state.Item(stepsTag, _steps.Sum(), "steps");
        long lagging = state.Item(laggingTag, _lagging.Sum(), "lagging");
        if (!state.IsRestoring)
            return;
        Clear();
        Add(0, steps, lagging);
    }
}
