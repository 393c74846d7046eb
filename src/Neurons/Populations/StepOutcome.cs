namespace Nudge.Populations;

/// <summary>What came of one step of a slice.</summary>
[Flags]
public enum StepOutcome
{
    /// <summary>Nothing that others could notice.</summary>
    Still = 0,

    /// <summary>The activity changed.</summary>
    ActivityChanged = 1,

    /// <summary>A newer phase was adopted, or a coherence mark moved.</summary>
    PhaseChanged = 2,
}
