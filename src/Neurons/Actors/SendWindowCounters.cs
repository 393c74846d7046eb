namespace Nudge.Actors;

/// <summary>What a sender did not send to one target, since a newer message took its place.</summary>
/// <param name="Target">Index of the target slice.</param>
/// <param name="Conflated">Messages that were replaced.</param>
/// <param name="Waits">Whether one waits to be sent.</param>
public readonly record struct SendWindowCounters(int Target, long Conflated, bool Waits);
