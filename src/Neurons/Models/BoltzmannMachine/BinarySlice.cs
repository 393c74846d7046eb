using Nudge.Numerics;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Randomness;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Models.BoltzmannMachine;

/// <summary>
/// Binary units of a Boltzmann machine (Hinton 2002; theory §4): each step is one Gibbs step of all units,
/// P(s_i = 1) = σ((W·received + b)_i / T), and learns with the very activity that it sampled from, since a newer one
/// would break the pair. Units coupled among themselves are sampled one after another.
/// </summary>
public sealed class BinarySlice : SynapticSlice
{
    // Room for the draws of a population of a million units at each step.
    private const int UnitBits = 18;

    private readonly TargetPull? _visible;
    private readonly SequentialSampler? _sequential;
    private readonly RandomKey[] _keys;
    private readonly float _inverseTemperature;
    private readonly bool _samplesAtEnd;
    private readonly int _stride;
    private readonly float[] _state;
    private readonly float[] _probability;
    private readonly float[] _statistic;
    private readonly float[] _drive;
    private long _draws;

    /// <summary>Makes a slice with its first weights, all units off.</summary>
    /// <param name="context">The slice's place in the network, and its settings.</param>
    public BinarySlice(SliceContext context)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        SlicePlan plan = context.Slice;
        var settings = (BoltzmannMachineSettings)context.Rule.Model;
        _visible = plan.Population.Role == PopulationRole.Hidden ? null : new(context.Lanes, plan, couples: false);
        _inverseTemperature = (float)settings.InverseTemperature;
        _samplesAtEnd = !context.LearnsWithinPhases && !AnswersItsSample(context, settings);
        _keys =
        [
            .. Enumerable.Range(0, Lanes).Select(lane => new RandomKey(
                context.Seed, RandomPurpose.GibbsSample, ((ulong)plan.Population.Index << 16) | (uint)lane)),
        ];
        _stride = PanelMatrix.Pad(plan.Count);
        _state = new float[Lanes * _stride];
        _probability = new float[_state.Length];
        _drive = new float[_state.Length];
        SynapseGroup? within = Synapses.Length > 0 && Synapses[^1].Projection.IsWithin ? Synapses[^1] : null;
        _sequential = within is null ? null : new(within, _inverseTemperature);
        // With couplings, a probability is that of a moment which units sampled later have left behind.
        bool samples = within is not null || settings.Statistic == UnitStatistic.Sample;
        _statistic = samples ? _state : _probability;
    }

    /// <inheritdoc/>
    public override bool IsFinite => VectorKernels.AllFinite(_drive);

    /// <inheritdoc/>
    public override bool MayRest => false;

    /// <inheritdoc/>
    public override double Energy => SliceEnergy.OfCouplings(Here(_state, _stride), Synapses, Plan.Count);

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
        state.Floats(65, _probability);
        state.Item(66, ref _draws);
    }

    /// <inheritdoc/>
    protected override bool Advance(float elapsed)
    {
        Sample();
        Elapse(elapsed);
        return true;
    }

    /// <inheritdoc/>
    protected override void EndPhase()
    {
        // Messages of this phase may have arrived since the last sample, and only a new one makes a pair with it.
        if (_samplesAtEnd)
            Sample();
        base.EndPhase();
    }

    /// <inheritdoc/>
    protected override LocalSignals Here() => Here(_statistic, _stride);

    /// <summary>
    /// Whether what was received since the last sample answers that very sample: the two are a pair as they stand, and both
    /// ends of a synapse learn from the same one. A probability is no such pair, since it answers what came before it.
    /// </summary>
    private static bool AnswersItsSample(SliceContext context, BoltzmannMachineSettings settings) =>
        settings.Statistic == UnitStatistic.Sample && context.TakesTurns;

    private void Sample()
    {
        ulong counter = (ulong)_draws++ << UnitBits;
        if (_visible?.HoldsEveryLane(Tag.Phase) != true)
            SampleFree(counter);
        _visible?.Clamp(_state, _probability, _stride, Tag.Phase);
    }

    private void SampleFree(ulong counter)
    {
        SumDrive();
        if (_sequential is not null)
        {
            _sequential.Sample(_keys[0], counter, _drive, _probability.AsSpan(0, Plan.Count), _state.AsSpan(0, Plan.Count), Response);
            return;
        }

        if (_inverseTemperature != 1)
            VectorKernels.Scale(_drive, _inverseTemperature);
        FloatFunctions.Sigmoid(_drive, _probability);
        for (int lane = 0; lane < Lanes; lane++)
        {
            // σ(0) is not 0, yet padding must stay zero or it would learn.
            _probability.AsSpan((lane * _stride) + Plan.Count, _stride - Plan.Count).Clear();
            VectorKernels.Bernoulli(
                _keys[lane],
                counter,
                Plan.First,
                _probability.AsSpan(lane * _stride, Plan.Count),
                _state.AsSpan(lane * _stride, Plan.Count));
        }
    }

    private void SumDrive()
    {
        for (int lane = 0; lane < Lanes; lane++)
            Bias.Values.CopyTo(_drive.AsSpan(lane * _stride, _stride));
        foreach (SynapseGroup synapses in Synapses)
        {
            if (synapses.Projection.IsWithin)
                continue;
            synapses.RefreshCurrent();
            VectorKernels.Add(synapses.Current, _drive);
        }

        Response?.Apply(_drive);
    }
}
