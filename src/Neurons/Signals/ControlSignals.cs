namespace Nudge.Signals;

/// <summary>
/// What the coordinator sends a slice. Sent at least once; repeated ones are recognised by their phase.
/// </summary>
/// <param name="Tag">The phase that begins.</param>
public abstract record ControlSignal(PhaseTag Tag);

/// <summary>Shows the input population a stimulus.</summary>
/// <param name="Tag">The phase that begins.</param>
/// <param name="Values">lanes × units of the whole population.</param>
public sealed record StimulusSignal(PhaseTag Tag, ActivityFrame Values) : ControlSignal(Tag);

/// <summary>
/// Gives the output population its target and how strongly to follow it, also where the strength is zero.
/// </summary>
/// <param name="Tag">The phase that begins.</param>
/// <param name="Targets">lanes × units of the whole population.</param>
/// <param name="Strength">Per lane: β, −β or 0; +∞ holds the output at its target.</param>
public sealed record NudgeSignal(PhaseTag Tag, ReadOnlyMemory<float> Targets, ReadOnlyMemory<float> Strength)
    : ControlSignal(Tag);

/// <summary>Announces a phase on links of its own, where tags do not ride on activity.</summary>
/// <param name="Tag">The phase that begins.</param>
public sealed record PhaseSignal(PhaseTag Tag) : ControlSignal(Tag);
