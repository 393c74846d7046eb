namespace Nudge.Plasticity;

/// <summary>
/// ΔW = η·g·(ρ_i ρ_j at the end of this phase − ρ_i ρ_j at the end of the previous phase of the same stimulus): what the
/// rules <c>differential-isd</c> and <c>paired</c> have in common.
/// </summary>
/// <param name="context">The slice.</param>
/// <param name="oppositeOnly">Whether only a phase whose polarity is opposite to the previous one teaches.</param>
internal sealed class DifferenceRule(RuleContext context, bool oppositeOnly) : SnapshotRule(context)
{
    private readonly ChangeLearning _change = new(context.Lanes, context.Stride, context.UpdateScale);
    private readonly float[] _importance = new float[context.Lanes];

    /// <inheritdoc/>
    protected override void Learn(in LocalSignals here, Snapshot then)
    {
        for (int lane = 0; lane < _importance.Length; lane++)
        {
            float g = here.Phase.Importance[lane];
            _importance[lane] = oppositeOnly && g * then.Importance[lane] >= 0 ? 0 : g;
        }

        _change.Learn(here, then, _importance);
    }
}
