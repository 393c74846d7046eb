using Nudge.Signals;

namespace Nudge.Stimuli;

/// <summary>A training set and a held-out set.</summary>
/// <param name="Train">Examples to learn from.</param>
/// <param name="Test">Examples to be judged by.</param>
/// <param name="Name">Name of the set.</param>
/// <param name="Origin">Where it came from, for people.</param>
public sealed record StimulusSets(IStimulusSet Train, IStimulusSet Test, string Name, string Origin);
