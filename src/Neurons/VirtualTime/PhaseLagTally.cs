using Nudge.Populations;
using Nudge.Signals;
using Nudge.State;
using Nudge.Training;

namespace Nudge.VirtualTime;

/// <summary>
/// Counts the steps at which a slice was in an older phase than the coordinator; nothing in the network reads it. Each slice
/// has a count of its own, so that slices may step at the same time.
/// </summary>
/// <param name="slices">Number of slices.</param>
/// <param name="schedule">Knows the coordinator's phase.</param>
internal sealed class PhaseLagTally(int slices, TrainingSchedule schedule)
{
    private readonly long[] _steps = new long[slices];
    private readonly long[] _lagging = new long[slices];

    /// <summary>
    /// Share of the steps of slices with synapses at which they were in an older phase than the coordinator; not a number
    /// before the first step.
    /// </summary>
    internal double Share => (double)_lagging.Sum() / _steps.Sum();

    /// <summary>Counts the step that a slice has just made.</summary>
    internal void Count(PopulationSlice slice)
    {
        if (slice.Synapses.IsEmpty || schedule.Present is not PhaseTag present)
            return;
        _steps[slice.Plan.Index]++;
        if (slice.Tag.Phase < present.Phase)
            _lagging[slice.Plan.Index]++;
    }

    /// <summary>Saves or restores both sums.</summary>
    internal void Describe(StateSection state, int stepsTag, int laggingTag)
    {
        long steps = state.Item(stepsTag, _steps.Sum(), "steps");
        long lagging = state.Item(laggingTag, _lagging.Sum(), "lagging");
        if (!state.IsRestoring)
            return;
        Array.Clear(_steps);
        Array.Clear(_lagging);
        (_steps[0], _lagging[0]) = (steps, lagging);
    }
}
