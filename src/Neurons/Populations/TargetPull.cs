using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Populations;

/// <summary>
/// The pull of the target on the units of an output slice: β(y − s) while the nudge of the present phase is held
/// (theory §4), nothing otherwise. In coupled learning it holds them at s + β(y − s), s being where the phase found them.
/// </summary>
/// <param name="lanes">Number of lanes.</param>
/// <param name="slice">The slice.</param>
/// <param name="couples">Whether a target holds the units near where the phase found them.</param>
public sealed class TargetPull(int lanes, SlicePlan slice, bool couples) : IStateful
{
    private readonly float[] _held = new float[lanes * slice.Count];
    private NudgeSignal? _nudge;
    private PhaseNumber _heldIn;
    private NudgeSignal? _inUse;

    /// <summary>The phase of the newest target.</summary>
    internal PhaseNumber Phase => _nudge?.Tag.Phase ?? PhaseNumber.None;

    /// <summary>Takes in a target; that of the present phase stays in force until the phase has ended.</summary>
    internal void Receive(NudgeSignal nudge)
    {
        if (nudge.Tag.Phase > Phase)
            _nudge = nudge;
    }

    /// <summary>Whether the units of all lanes are held at their targets in a phase.</summary>
    /// <param name="now">The phase that the slice is in.</param>
    public bool HoldsEveryLane(PhaseNumber now)
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
    /// <param name="drive">lanes × stride; changed.</param>
    /// <param name="state">s of the units, lanes × stride.</param>
    /// <param name="stride">Padded units per lane.</param>
    /// <param name="now">The phase that the slice is in.</param>
    /// <param name="factor">Factor on β at this moment of the phase.</param>
    public void AddTo(Span<float> drive, ReadOnlySpan<float> state, int stride, PhaseNumber now, float factor = 1)
    {
        if (couples || Of(now) is not { } nudge)
            return;
        for (int lane = 0; lane < lanes; lane++)
        {
            float strength = nudge.Strength.Span[lane] * factor;
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

    /// <summary>Puts the units of clamped lanes at their targets; returns whether any value changed.</summary>
    /// <param name="state">s of the units, lanes × stride; changed.</param>
    /// <param name="activity">ρ of the units, lanes × stride; changed. May be the same memory as the state.</param>
    /// <param name="stride">Padded units per lane.</param>
    /// <param name="now">The phase that the slice is in.</param>
    public bool Clamp(Span<float> state, Span<float> activity, int stride, PhaseNumber now)
    {
        if (Of(now) is not { } nudge)
            return false;
        bool changed = false;
        if (couples && _heldIn != now)
            Couple(nudge, activity, stride, now);
        for (int lane = 0; lane < lanes; lane++)
        {
            float strength = nudge.Strength.Span[lane];
            if (couples ? strength == 0 : !float.IsPositiveInfinity(strength))
                continue;
            ReadOnlySpan<float> targets = couples ? _held.AsSpan(lane * slice.Count, slice.Count) : Targets(nudge, lane);
            Span<float> clamped = activity.Slice(lane * stride, slice.Count);
            changed |= !clamped.SequenceEqual(targets);
            targets.CopyTo(clamped);
            targets.CopyTo(state.Slice(lane * stride, slice.Count));
        }

        return changed;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        _nudge = state.OptionalSignal(1, _nudge, lanes, slice.Population.Size);
        _inUse = state.OptionalSignal(2, _inUse, lanes, slice.Population.Size);
        state.Floats(3, _held);
        state.Item(4, ref _heldIn);
    }

    private void Couple(NudgeSignal nudge, ReadOnlySpan<float> activity, int stride, PhaseNumber now)
    {
        _heldIn = now;
        for (int lane = 0; lane < lanes; lane++)
        {
            float share = nudge.Strength.Span[lane];
            ReadOnlySpan<float> targets = Targets(nudge, lane);
            for (int i = 0; i < slice.Count; i++)
            {
                float found = activity[(lane * stride) + i];
                _held[(lane * slice.Count) + i] = float.FusedMultiplyAdd(share, targets[i] - found, found);
            }
        }
    }

    // A phase ends when the next one's target has come, and until then its own holds.
    private NudgeSignal? Of(PhaseNumber now)
    {
        if (_nudge is not null && Phase == now)
            _inUse = _nudge;
        return _inUse is not null && _inUse.Tag.Phase == now ? _inUse : null;
    }

    private ReadOnlySpan<float> Targets(NudgeSignal nudge, int lane) =>
        nudge.Targets.Span.Slice((lane * slice.Population.Size) + slice.First, slice.Count);
}
