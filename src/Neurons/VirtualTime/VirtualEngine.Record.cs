using Nudge.Populations;

namespace Nudge.VirtualTime;

/// <content>What is recorded of a run beside its state; nothing in the network reads it.</content>
public sealed partial class VirtualEngine
{
    private long _steps;
    private long _laggingSteps;

    /// <summary>
    /// Share of the steps of slices with synapses at which they were in an older phase than the coordinator; not a number
    /// before the first step.
    /// </summary>
    public double PhaseLag => (double)_laggingSteps / _steps;

    private void CountLag(PopulationSlice slice)
    {
        if (slice.Synapses.IsEmpty || _schedule.Present is not { } present)
            return;
        _steps++;
        _laggingSteps += slice.Tag.Phase < present.Phase ? 1 : 0;
    }
}
