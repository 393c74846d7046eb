namespace Nudge.Actors;

/// <summary>A slice that came to life again on another node.</summary>
/// <param name="Slice">Name of the slice.</param>
/// <param name="From">The node that it was on.</param>
/// <param name="To">The node that it is on.</param>
/// <param name="Cause">Why it moved.</param>
/// <param name="Incarnation">Its new life.</param>
/// <param name="Generation">The snapshot that it goes on from; 0 begins anew.</param>
/// <param name="Seconds">Wall time from the last word of the life before to the new one.</param>
public sealed record SliceMove(
    string Slice, string From, string To, string Cause, int Incarnation, long Generation, double Seconds);
