using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Populations;

/// <summary>A phase that a slice went through.</summary>
/// <param name="Phase">Its number.</param>
/// <param name="Importance">Signed importance in lane 0.</param>
/// <param name="From">When it began, in τ of the slice's own time.</param>
/// <param name="Before">What the slice had learned before it.</param>
public readonly record struct PhaseVisit(PhaseNumber Phase, float Importance, double From, LearningTally Before);

/// <summary>The last phases of a slice, the newest in place of the oldest.</summary>
internal sealed class PhaseTrail : IStateful
{
    internal const int Kept = 12;
    private readonly PhaseVisit[] _visits = new PhaseVisit[Kept];
    private long _count;

    internal void Add(in PhaseVisit visit) => _visits[_count++ % Kept] = visit;

    /// <summary>The phases, the oldest first.</summary>
    internal PhaseVisit[] Copy()
    {
        var copy = new PhaseVisit[Math.Min(_count, Kept)];
        for (int i = 0; i < copy.Length; i++)
            copy[i] = _visits[(_count - copy.Length + i) % Kept];
        return copy;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        List<PhaseVisit> visits = [.. Copy()];
        state.VariableList(1, "visits", visits, static (one, ref visit) =>
        {
            PhaseNumber phase = one.Item(1, visit.Phase);
            float importance = one.Item(2, visit.Importance);
            double from = one.Item(3, visit.From);
            LearningTally before = visit.Before;
            one.Section(4, "before", inner => before = LearningTally.Describe(inner, before));
            visit = new(phase, importance, from, before);
        });
        if (!state.IsRestoring)
            return;
        _count = 0;
        visits.ForEach(visit => Add(visit));
    }
}

/// <summary>What an observer sees of a slice at one moment; taking it changes nothing.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Phase">The phase that it is in.</param>
/// <param name="LocalTau">Its own time, in τ.</param>
/// <param name="Steps">Steps that it has made.</param>
/// <param name="Activity">Activity in lane 0 of its units, or of the first of them where there are many.</param>
/// <param name="Visits">Its last phases, the oldest first.</param>
/// <param name="Learned">What it learned so far.</param>
public sealed record SliceView(
    int Slice,
    PhaseNumber Phase,
    double LocalTau,
    long Steps,
    IReadOnlyList<float> Activity,
    IReadOnlyList<PhaseVisit> Visits,
    LearningTally Learned)
{
    /// <summary>The most units whose activity is shown.</summary>
    public const int MostUnits = 4096;

    /// <summary>Looks at a slice. Only where nothing steps it.</summary>
    public static SliceView Of(PopulationSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        SlicePlan plan = slice.Plan;
        float[] all = new float[slice.Lanes * plan.Values];
        slice.CopyActivity(all);
        return new(
            plan.Index,
            slice.Tag.Phase,
            slice.LocalTime,
            slice.Steps,
            all[..Math.Min(plan.Count, MostUnits)],
            slice.Trail.Copy(),
            slice.Learned);
    }
}
