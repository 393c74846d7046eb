using Nudge.Clocks;
using Nudge.Randomness;
using Nudge.Topology;

namespace Nudge.Networks;

/// <summary>Gives each slice its clock: one of its own, or its population's.</summary>
public static class SliceClock
{
    /// <summary>Makes the clock of one slice; those of one scope draw the same stream.</summary>
    public static LocalClock Create(NetworkPlan network, SlicePlan slice)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(slice);
        ClockSettings clocks = network.Settings.Clocks;
        ulong seed = network.Settings.Seed;
        ulong unit = clocks.Scope == ClockScope.Population ? 0 : (ulong)slice.First;
        ulong id = ((ulong)slice.Population.Index << 24) | unit;
        return new(
            clocks,
            network.Settings.Time.Step,
            new RandomKey(seed, RandomPurpose.ClockJitter, id),
            new RandomKey(seed, RandomPurpose.ClockRate, id),
            clocks.Stagger ? (double)slice.Population.Index / network.Populations.Count : 0);
    }
}
