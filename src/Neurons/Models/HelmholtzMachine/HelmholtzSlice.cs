using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Randomness;
using Nudge.Signals;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Models.HelmholtzMachine;

/// <summary>
/// Binary units of a Helmholtz machine (Hinton, Dayan, Frey and Neal 1995; theory §4). In a lane whose phase is positive they are
/// sampled from their recognition synapses, or clamped to the stimulus; where it is negative, from their generative ones. Each unit
/// draws one number a phase and is on while its probability exceeds that number: so the network comes to rest at one ancestral
/// sample, whatever the order of messages, and a neighbour's answer to it stays an answer to it.
/// </summary>
public sealed class HelmholtzSlice : SynapticSlice
{
    // Room for the draws of a population of a million units in each phase.
    private const int UnitBits = 18;

    private readonly TargetPull? _visible;
    private readonly RandomKey[] _keys;
    private readonly int _stride;
    private readonly float[] _state;
    private readonly float[] _sample;
    private readonly float[] _drive;
    private readonly float[] _probability;
    private readonly float[] _difference;

    /// <summary>Makes a slice with its first weights, all units off.</summary>
    /// <param name="context">The slice's place in the network, and its settings.</param>
    public HelmholtzSlice(SliceContext context)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        SlicePlan plan = context.Slice;
        _visible = plan.Population.Role == PopulationRole.Input ? new(context.Lanes, plan, couples: false) : null;
        _keys =
        [
            .. Enumerable.Range(0, Lanes).Select(lane => new RandomKey(
                context.Seed, RandomPurpose.AncestralSample, ((ulong)plan.Population.Index << 16) | (uint)lane)),
        ];
        _stride = PanelMatrix.Pad(plan.Count);
        _state = new float[Lanes * _stride];
        _sample = new float[plan.Count];
        _drive = new float[_state.Length];
        _probability = new float[_state.Length];
        _difference = new float[_state.Length];
    }

    /// <inheritdoc/>
    public override bool IsFinite => VectorKernels.AllFinite(_drive);

    /// <summary>−log p of its units' states given what was received from above, in nats, mean over lanes (theory §4).</summary>
    public override double Energy
    {
        get
        {
            // Not the slice's own currents: to refresh those would change when, and so how, they are summed next.
            float[] drive = new float[_drive.Length];
            float[] current = new float[_drive.Length];
            AddBias(HelmholtzMachineModel.GenerativeBias, drive);
            foreach (SynapseGroup synapses in Synapses)
            {
                if (synapses.Projection.Side != NeighbourSide.Upper)
                    continue;
                synapses.Multiply(synapses.Received, current);
                VectorKernels.Add(current, drive);
            }

            double sum = 0;
            for (int lane = 0; lane < Lanes; lane++)
            {
                for (int unit = 0; unit < Plan.Count; unit++)
                {
                    int at = (lane * _stride) + unit;
                    sum += Logistic.Softplus(drive[at]) - (_state[at] * (double)drive[at]);
                }
            }

            return sum / Lanes;
        }
    }

    /// <inheritdoc/>
    protected override TargetPull? Target => _visible;

    /// <summary>Each state of a binary unit is a bound; it is saturated if it is always on and dead if it is always off.</summary>
    public override ActivityPlace PlaceOf(float activity) =>
        activity == 0 ? ActivityPlace.Silent : ActivityPlace.AtBound;

    /// <inheritdoc/>
    public override void CopyActivity(Span<float> destination) => Copy(_state, _stride, destination);

    /// <inheritdoc/>
    public override void Describe(StateSection state)
    {
        base.Describe(state);
        state.Floats(64, _state);
    }

    /// <inheritdoc/>
    protected override bool Advance(float elapsed)
    {
        bool changed = Tag.Phase != PhaseNumber.None && Sample();
        if (Context.LearnsWithinPhases)
            Elapse(elapsed);
        return changed;
    }

    /// <summary>
    /// <see cref="PopulationSlice.Below"/> is the oldest phase in what a recognised state depends on, and
    /// <see cref="PopulationSlice.Above"/> that in what a generated one does. The two chains do not meet: what the top generates does
    /// not depend on what came up.
    /// </summary>
    protected override void UpdateMarks()
    {
        PhaseNumber shown = _visible is null ? Tag.Phase : PhaseNumber.Older(Tag.Phase, _visible.Phase);
        Below = PhaseNumber.Older(shown, OldestMark(NeighbourSide.Lower, below: true));
        Above = OldestMark(NeighbourSide.Upper, below: false);
    }

    /// <inheritdoc/>
    protected override LocalSignals Here()
    {
        Compare();
        return Here(_difference, _stride) with { Coherent = HoldsPair() };
    }

    /// <summary>
    /// Whether units and what was received are one sample: the units' own state is that of this phase, and what arrived from the
    /// other side is an answer to it (theory §3c).
    /// </summary>
    private bool HoldsPair()
    {
        if (!FollowsItsPhase)
            return false;
        (bool recognises, bool generates) = Kinds(Tag);
        return (!recognises || (Below == Tag.Phase && OldestMark(NeighbourSide.Upper, below: true) == Tag.Phase))
            && (!generates || (Above == Tag.Phase && OldestMark(NeighbourSide.Lower, below: false) == Tag.Phase));
    }

    private static (bool Recognises, bool Generates) Kinds(PhaseTag tag)
    {
        (bool recognises, bool generates) = (false, false);
        foreach (float importance in tag.Importance)
        {
            generates |= importance < 0;
            recognises |= importance >= 0;
        }

        return (recognises, generates);
    }

    private bool Sample()
    {
        (bool recognises, bool generates) = Kinds(Tag);
        bool changed = false;
        if (recognises && _visible is not null)
            changed |= _visible.Clamp(_state, _state, _stride, Tag.Phase);
        else if (recognises)
            changed |= Sample(HelmholtzMachineModel.RecognitionBias, NeighbourSide.Lower);
        if (generates)
            changed |= Sample(HelmholtzMachineModel.GenerativeBias, NeighbourSide.Upper);
        return changed;
    }

    private bool Sample(int bias, NeighbourSide side)
    {
        Predict(bias, side);
        bool changed = false;
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (Generates(lane) != (side == NeighbourSide.Upper))
                continue;
            VectorKernels.Bernoulli(
                _keys[lane],
                (ulong)Tag.Phase.Number << UnitBits,
                Plan.First,
                _probability.AsSpan(lane * _stride, Plan.Count),
                _sample);
            changed |= VectorKernels.CopyDetect(_sample, _state.AsSpan(lane * _stride, Plan.Count));
        }

        return changed;
    }

    /// <summary>
    /// What the synapses that learn in a lane's phase make of its units' states: s − p with the generative prediction p where the
    /// phase is positive and p − s with that of recognition where it is negative, so that the signed importance turns both into
    /// s − p.
    /// </summary>
    private void Compare()
    {
        (bool recognises, bool generates) = Kinds(Tag);
        if (recognises)
            Compare(HelmholtzMachineModel.GenerativeBias, NeighbourSide.Upper, 1);
        if (generates && _visible is null)
            Compare(HelmholtzMachineModel.RecognitionBias, NeighbourSide.Lower, -1);
    }

    private void Compare(int bias, NeighbourSide side, float sign)
    {
        Predict(bias, side);
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (Generates(lane) != (side == NeighbourSide.Lower))
                continue;
            int first = lane * _stride;
            VectorKernels.ScaledDifference(
                _state.AsSpan(first, Plan.Count),
                _probability.AsSpan(first, Plan.Count),
                sign,
                _difference.AsSpan(first, Plan.Count));
        }
    }

    private bool Generates(int lane) => Tag.Importance[lane] < 0;

    // p = σ(W·received + b) in all lanes, of the synapses from one side.
    private void Predict(int bias, NeighbourSide side)
    {
        Array.Clear(_drive);
        AddBias(bias, _drive);
        foreach (SynapseGroup synapses in Synapses)
        {
            if (synapses.Projection.Side != side)
                continue;
            synapses.RefreshCurrent();
            VectorKernels.Add(synapses.Current, _drive);
        }

        Response?.Apply(_drive);
        FloatFunctions.Sigmoid(_drive, _probability);
    }

    private void AddBias(int bias, float[] drive)
    {
        ReadOnlySpan<float> values = Bias.Values.Slice(bias * _stride, _stride);
        for (int lane = 0; lane < Lanes; lane++)
            VectorKernels.Add(values, drive.AsSpan(lane * _stride, _stride));
    }
}
