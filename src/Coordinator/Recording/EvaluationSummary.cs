namespace Nudge.Recording;

/// <summary>One evaluation on the held-out set.</summary>
/// <param name="Presentations">Stimuli shown in training before it.</param>
/// <param name="Accuracy">Share of correct answers, 0 to 1.</param>
/// <param name="Examples">Held-out examples shown.</param>
/// <param name="Unanswered">How many phases ended before the output had heard of them; these count as wrong.</param>
public sealed record EvaluationSummary(long Presentations, double Accuracy, int Examples, int Unanswered = 0);
