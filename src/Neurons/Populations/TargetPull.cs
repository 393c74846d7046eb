using Nudge.Checkpointing;
using Nudge.Networks;
using Nudge.Signals;

namespace Nudge.Populations;

/// <summary>
/// The pull of the target on the units of an output slice: β(y − s) while the nudge of the present phase is held
/// (theory §4), nothing otherwise.
/// </summary>
internal sealed class TargetPull(NetworkPlan network, SlicePlan slice)
{
    private readonly int _lanes = network.Settings.Lanes;
    private NudgeSignal? _nudge;

    // The target of a phase that ends, while news of the next one is already there: at its end it still holds.
    private NudgeSignal? _ending;

    /// <summary>The phase whose target is held.</summary>
    internal PhaseNumber Phase => _nudge?.Tag.Phase ?? PhaseNumber.None;

    /// <summary>Takes in a target; that of the present phase stays in force until the phase has ended.</summary>
    internal void Hear(NudgeSignal nudge, PhaseNumber now)
    {
        if (nudge.Tag.Phase <= Phase)
            return;
        if (Phase == now)
            _ending = _nudge;
        _nudge = nudge;
    }

    /// <summary>Whether the units of all lanes are held at their targets in a phase.</summary>
    internal bool HoldsEveryLane(PhaseNumber now)
    {
        if (Of(now) is not { } nudge)
            return false;
        foreach (float strength in nudge.Strength.Span)
        {
            if (!float.IsPositiveInfinity(strength))
                return false;
        }

        return true;
    }

    /// <summary>Adds β(y − s) to the drive; a target of another phase has no force.</summary>
    internal void AddTo(Span<float> drive, ReadOnlySpan<float> state, int stride, PhaseNumber now)
    {
        if (Of(now) is not { } nudge)
            return;
        for (int lane = 0; lane < _lanes; lane++)
        {
            float strength = nudge.Strength.Span[lane];
            if (strength == 0 || float.IsPositiveInfinity(strength))
                continue;
            ReadOnlySpan<float> targets = Targets(nudge, lane);
            int first = lane * stride;
            for (int i = 0; i < slice.Count; i++)
            {
                drive[first + i] = float.FusedMultiplyAdd(
                    strength, targets[i] - state[first + i], drive[first + i]);
            }
        }
    }

    /// <summary>Puts the units of clamped lanes at their targets; says whether any value changed.</summary>
    internal bool Clamp(Span<float> state, Span<float> activity, int stride, PhaseNumber now)
    {
        if (Of(now) is not { } nudge)
            return false;
        bool changed = false;
        for (int lane = 0; lane < _lanes; lane++)
        {
            if (!float.IsPositiveInfinity(nudge.Strength.Span[lane]))
                continue;
            ReadOnlySpan<float> targets = Targets(nudge, lane);
            Span<float> clamped = activity.Slice(lane * stride, slice.Count);
            changed |= !clamped.SequenceEqual(targets);
            targets.CopyTo(clamped);
            targets.CopyTo(state.Slice(lane * stride, slice.Count));
        }

        return changed;
    }

    internal void Save(BinaryWriter writer)
    {
        writer.WriteControl(_nudge);
        writer.WriteControl(_ending);
    }

    internal void Restore(BinaryReader reader)
    {
        _nudge = (NudgeSignal?)reader.ReadControl(_lanes, slice.Population.Size);
        _ending = (NudgeSignal?)reader.ReadControl(_lanes, slice.Population.Size);
    }

    private NudgeSignal? Of(PhaseNumber phase) =>
        _nudge?.Tag.Phase == phase ? _nudge : _ending?.Tag.Phase == phase ? _ending : null;

    private ReadOnlySpan<float> Targets(NudgeSignal nudge, int lane) =>
        nudge.Targets.Span.Slice((lane * slice.Population.Size) + slice.First, slice.Count);
}
