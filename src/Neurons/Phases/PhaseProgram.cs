using Nudge.Signals;

namespace Nudge.Phases;

/// <summary>What the coordinator sends when a phase begins, and how long the phase lasts.</summary>
/// <param name="Stimulus">For the input population.</param>
/// <param name="Target">For the output population; null where there is none.</param>
/// <param name="Length">In τ on the coordinator's own clock.</param>
public sealed record PhaseProgram(ControlSignal Stimulus, NudgeSignal? Target, double Length)
{
    /// <summary>The phase that begins.</summary>
    public PhaseTag Tag => Stimulus.Tag;
}
