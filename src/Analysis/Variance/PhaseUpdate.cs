using Nudge.Signals;

namespace Nudge.Variance;

/// <summary>
/// What one phase would have changed: g·φ, summed over the phase, for each lane a value per parameter.
/// </summary>
internal sealed class PhaseUpdate
{
    internal PhaseUpdate(PhaseTag tag, int parameters)
    {
        Tag = tag;
        Lanes = new float[tag.Importance.Length][];
        for (int lane = 0; lane < Lanes.Length; lane++)
            Lanes[lane] = new float[parameters];
    }

    internal PhaseTag Tag { get; }

    internal float[][] Lanes { get; }
}
