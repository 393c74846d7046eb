using Nudge.State;
using Nudge.Topology;

namespace Nudge.Synapses;

/// <summary>The learning rate of one connection; it falls with the connection's own count of updates.</summary>
/// <param name="initial">η before any update.</param>
/// <param name="schedule">The law by which it falls.</param>
/// <param name="expectedUpdates">Updates in the whole run: the linear law's horizon where the schedule names none.</param>
public sealed class LearningRate(double initial, RateSchedule schedule, double expectedUpdates) : IStateful
{
    private readonly double _over = Math.Max(1, schedule.Over ?? expectedUpdates);

    /// <summary>Updates made so far.</summary>
    public long Updates { get; private set; }

    /// <summary>η for the next update.</summary>
    public float Current => After(Updates);

    /// <summary>η of the last update; that of the first one before any.</summary>
    public float Last => After(Math.Max(0, Updates - 1));

    /// <summary>Counts one update and gives the rate for it.</summary>
    public float Next()
    {
        float rate = Current;
        Updates++;
        return rate;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Updates = state.Item(1, Updates);
    }

    private float After(long updates) => (float)(schedule.Law switch
    {
        RateLaw.Constant => initial,
        RateLaw.Linear => initial * Math.Max(0, 1 - (updates / _over)),
        _ => initial / (1 + (updates / schedule.Scale)),
    });
}
