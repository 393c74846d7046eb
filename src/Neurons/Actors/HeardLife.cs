namespace Nudge.Actors;

/// <summary>How far a receiver heard one life of a sender.</summary>
/// <param name="Incarnation">The life.</param>
/// <param name="Highest">The highest number heard of it.</param>
public readonly record struct HeardLife(int Incarnation, long Highest);
