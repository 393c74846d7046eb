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

    // A phase that ends is sampled once more after the target of the next one has come.
    private NudgeSignal? _before;

    /// <summary>The phase whose target is held.</summary>
    internal PhaseNumber Phase => _nudge?.Tag.Phase ?? PhaseNumber.None;

    internal void Hear(NudgeSignal nudge)
    {
        if (nudge.Tag.Phase > Phase)
            (_before, _nudge) = (_nudge, nudge);
    }

    /// <summary>Whether the units of all lanes are held at their targets in a phase.</summary>
    internal bool HoldsEveryLane(PhaseNumber now)
    {
        if (Of(now) is not { } held)
            return false;
        foreach (float strength in held.Strength.Span)
        {
            if (!float.IsPositiveInfinity(strength))
                return false;
        }

        return true;
    }

    /// <summary>Adds β(y − s) to the drive; a target of another phase has no force.</summary>
    internal void AddTo(Span<float> drive, ReadOnlySpan<float> state, int stride, PhaseNumber now)
    {
        if (_nudge is null || Phase != now)
            return;
        for (int lane = 0; lane < _lanes; lane++)
        {
            float strength = _nudge.Strength.Span[lane];
            if (strength == 0 || float.IsPositiveInfinity(strength))
                continue;
            ReadOnlySpan<float> targets = Targets(_nudge, lane);
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
        if (Of(now) is not { } held)
            return false;
        bool changed = false;
        for (int lane = 0; lane < _lanes; lane++)
        {
            if (!float.IsPositiveInfinity(held.Strength.Span[lane]))
                continue;
            ReadOnlySpan<float> targets = Targets(held, lane);
            Span<float> clamped = activity.Slice(lane * stride, slice.Count);
            changed |= !clamped.SequenceEqual(targets);
            targets.CopyTo(clamped);
            targets.CopyTo(state.Slice(lane * stride, slice.Count));
        }

        return changed;
    }

    internal void Save(BinaryWriter writer) => writer.WriteControl(_nudge);

    internal void Restore(BinaryReader reader) =>
        _nudge = (NudgeSignal?)reader.ReadControl(_lanes, slice.Population.Size);

    internal void SaveRecord(BinaryWriter writer) => writer.WriteControl(_before);

    internal void RestoreRecord(BinaryReader reader) =>
        _before = (NudgeSignal?)reader.ReadControl(_lanes, slice.Population.Size);

    private NudgeSignal? Of(PhaseNumber phase) =>
        _nudge is null || _nudge.Tag.Phase == phase ? _nudge : _before?.Tag.Phase == phase ? _before : null;

    private ReadOnlySpan<float> Targets(NudgeSignal held, int lane) =>
        held.Targets.Span.Slice((lane * slice.Population.Size) + slice.First, slice.Count);
}
