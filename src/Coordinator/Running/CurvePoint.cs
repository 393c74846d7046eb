namespace Nudge.Running;

/// <summary>A point of a learning curve.</summary>
/// <param name="Presentations">Stimuli shown in training before it.</param>
/// <param name="Value">What an evaluation gave there.</param>
public readonly record struct CurvePoint(long Presentations, double Value);
