namespace Nudge.Actors;

/// <summary>A slice that started again on another node.</summary>
/// <param name="Slice">Name of the slice.</param>
/// <param name="From">The node that it was on.</param>
/// <param name="To">The node that it is on.</param>
/// <param name="Cause">Why it moved.</param>
/// <param name="Incarnation">Its new incarnation.</param>
/// <param name="Generation">The snapshot that it continues from; 0 begins from the first state.</param>
/// <param name="Seconds">Wall time from the last message of the incarnation before to the new one.</param>
public sealed record SliceMove(
    string Slice, string From, string To, string Cause, int Incarnation, long Generation, double Seconds);
