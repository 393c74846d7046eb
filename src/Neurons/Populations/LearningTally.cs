using Nudge.State;

namespace Nudge.Populations;

/// <summary>
/// What was learned, in lane-phases (continuous learning: lane-steps). The gate may fall unevenly on the two polarities and
/// would then bias the estimate, so they are counted apart (theory §3c).
/// </summary>
/// <param name="Positive">Learned with positive importance.</param>
/// <param name="Negative">Learned with negative importance.</param>
/// <param name="Gated">Held back by the coherence gate.</param>
/// <param name="WrongSign">Learned under one polarity from activity that was sent under the other.</param>
public readonly record struct LearningTally(long Positive, long Negative, long Gated, long WrongSign)
{
    /// <summary>Sums two tallies.</summary>
    public static LearningTally operator +(LearningTally a, LearningTally b) =>
        new(a.Positive + b.Positive, a.Negative + b.Negative, a.Gated + b.Gated, a.WrongSign + b.WrongSign);

    /// <summary>Sums two tallies.</summary>
    public static LearningTally Add(LearningTally a, LearningTally b) => a + b;

    /// <summary>Describes a tally; gives the one that is there from now on.</summary>
    internal static LearningTally Describe(StateSection state, LearningTally tally) => new(
        state.Item(1, tally.Positive), state.Item(2, tally.Negative), state.Item(3, tally.Gated), state.Item(4, tally.WrongSign));
}
