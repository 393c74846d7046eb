namespace Nudge.Recording;

/// <summary>Learning updates by the polarity of their phase.</summary>
/// <param name="Positive">Updates with positive importance.</param>
/// <param name="Negative">Updates with negative importance.</param>
/// <param name="Gated">Updates that the coherence gate held back.</param>
/// <param name="WrongSign">Updates under one polarity from activity that was sent under the other.</param>
public sealed record LearnedSummary(long Positive, long Negative, long Gated, long WrongSign = 0);
