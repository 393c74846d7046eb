using Nudge.Links;
using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Signals;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Populations;

/// <summary>
/// A slice whose units own synapses: what it receives, how it learns, and what it knows of its neighbours' phases.
/// </summary>
public abstract class SynapticSlice : PopulationSlice
{
    // No law of a phase's length exceeds this but once in ten million phases.
    private const double LongestTaughtInMeanLengths = 16;

    private readonly Afferent[] _afferents;
    private readonly SynapseGroup[] _synapses;
    private readonly BiasGroup _bias;
    private readonly bool _isTop;
    private readonly double _longestTaught;
    private double _timeInPhase;

    /// <summary>Makes a slice with its first weights.</summary>
    /// <param name="context">The slice's place in the network, and its settings.</param>
    protected SynapticSlice(SliceContext context)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        SlicePlan plan = context.Slice;
        _afferents =
        [
            .. context.Afferents.Where(one => !one.Projection.IsWithin)
                .Select((one, k) => new Afferent(
                    context.Synapses, one, plan, context.Lender?.Synapses[k], context.Send)),
        ];
        _synapses =
        [
            .. _afferents.Select(afferent => afferent.Synapses),
            .. context.Afferents.Where(one => one.Projection.IsWithin).Select((one, k) => new SynapseGroup(
                context.Synapses, one.Projection, plan, context.Lender?.Synapses[_afferents.Length + k])),
        ];
        _bias = new(
            context.Synapses,
            plan.Count,
            context.BiasRate,
            context.BiasSchedule,
            context.Lender?.Bias,
            plan.Population.UnitsPerBias,
            plan.Population.BiasesPerUnit);
        _isTop = !context.Afferents.Any(one => one.Projection.Side == NeighbourSide.Upper)
            && plan.Population.Role != PopulationRole.Input;
        _longestTaught = context.LearnsWithinPhases
            ? LongestTaughtInMeanLengths * context.Rule.MeanPhaseLength
            : double.PositiveInfinity;
        Response = UnitResponse.For(context);
        Rule = context.Rules(context.Rule);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<SynapseGroup> Synapses => _synapses;

    /// <inheritdoc/>
    public override BiasGroup Bias => _bias;

    /// <inheritdoc/>
    public override bool MayRest => !Context.LearnsWithinPhases;

    /// <inheritdoc/>
    public override SecondMoments? SecondMoments => Rule.SecondMoments;

    /// <summary>How its synapses learn.</summary>
    public IPlasticityRule Rule { get; }

    /// <summary>How the responses of its units deviate from the model's, or null where they do not.</summary>
    public UnitResponse? Response { get; }

    /// <summary>Local time since it took in its present phase, in τ.</summary>
    protected double TimeInPhase => _timeInPhase;

    /// <summary>The pull of a target on its units, or null where none reaches them. It receives the targets by itself.</summary>
    protected virtual TargetPull? Target => null;

    private bool Coherent => Below == Tag.Phase && Above == Tag.Phase && FollowsItsPhase;

    /// <summary>
    /// Whether the slice knows which phase it is in: its neighbours are in no later one, and this one has not outlasted every length
    /// that is drawn. Part of what every gate requires (theory §3c, §3d).
    /// </summary>
    private protected bool FollowsItsPhase => _timeInPhase <= _longestTaught && !IsBehind();

    /// <inheritdoc/>
    public override void Receive(int afferentSlot, int sourceSlot, in ActivitySignal signal, double transit = 0) =>
        _afferents[afferentSlot][sourceSlot].Post(signal, Tag.Phase, LocalTime - transit);

    /// <inheritdoc/>
    public override void Receive(ControlSignal signal)
    {
        base.Receive(signal);
        if (signal is NudgeSignal nudge)
            Target?.Receive(nudge);
    }

    /// <inheritdoc/>
    public override ReceiveCounters CountsOf(int afferentSlot, int sourceSlot) =>
        _afferents[afferentSlot][sourceSlot].Counts;

    /// <inheritdoc/>
    public override void Describe(StateSection state)
    {
        base.Describe(state);
        if (state.HasWeights)
            state.Section(32, "bias", _bias);
        state.List(33, "afferents", _afferents);
        SynapseGroup[] within = _synapses[_afferents.Length..];
        state.List(34, "within", within);
        if (state.HasWeights)
            state.Section(35, "rule", Rule);
        if (Target is { } target)
            state.Section(36, "target", target);
        if (state.Has(37))
            state.Item(37, ref _timeInPhase);
    }

    /// <inheritdoc/>
    protected override void TakeIn(PhaseNumber upTo)
    {
        foreach (Afferent afferent in _afferents)
            afferent.TakeIn(upTo, LocalTime);
    }

    /// <inheritdoc/>
    protected override PhaseTag NewestReceived(PhaseTag newest)
    {
        if (Context.Tags == TagTransport.Broadcast)
            return newest;
        foreach (Afferent afferent in _afferents)
            newest = afferent.NewestWaiting(newest);
        return newest;
    }

    /// <inheritdoc/>
    protected override void EndPhase()
    {
        var here = Here();
        Tally(Rule.EndPhase(here));
        _timeInPhase = 0;
    }

    /// <inheritdoc/>
    protected override void UpdateMarks()
    {
        // What a clamp or a nudge holds is of the phase in which it was sent, also where the phase was announced
        // separately.
        PhaseNumber held = Target is null ? Tag.Phase : PhaseNumber.Older(Tag.Phase, Target.Phase);
        PhaseNumber below = Plan.Population.Role == PopulationRole.Input ? held : Tag.Phase;
        PhaseNumber above = Plan.Population.Role == PopulationRole.Output ? held : Tag.Phase;
        foreach (Afferent afferent in _afferents)
        {
            switch (afferent.Side)
            {
                case NeighbourSide.Lower:
                    below = PhaseNumber.Older(below, afferent.Below);
                    break;
                case NeighbourSide.Upper:
                    above = PhaseNumber.Older(above, afferent.Above);
                    break;
                default:
                    // By its mark from below, which never depends on lateral neighbours: two of them cannot wait for each other.
                    above = PhaseNumber.Older(above, afferent.Below);
                    break;
            }
        }

        // Where nothing lies above, the phase from below counts: what goes down from here answers this phase only once this
        // phase has come up.
        (Below, Above) = (below, _isTop ? PhaseNumber.Older(above, below) : above);
    }

    /// <summary>The oldest mark in use from the neighbours on one side; the present phase where none lies there.</summary>
    /// <param name="side">The side.</param>
    /// <param name="below">Whether the marks of what depends on the side of the input are meant, or those of the other side.</param>
    private protected PhaseNumber OldestMark(NeighbourSide side, bool below)
    {
        PhaseNumber oldest = Tag.Phase;
        foreach (Afferent afferent in _afferents)
        {
            if (afferent.Side == side)
                oldest = PhaseNumber.Older(oldest, below ? afferent.Below : afferent.Above);
        }

        return oldest;
    }

    /// <summary>
    /// Learns over a stretch of local time, in τ. A phase that outlasts every length that is drawn has ended without this
    /// slice: it stops learning then, since one polarity without end has no limit (theory §3d).
    /// </summary>
    protected void Elapse(float elapsed)
    {
        _timeInPhase += elapsed;
        var here = Here();
        Tally(Rule.Elapse(here, elapsed));
    }

    /// <summary>What its synapses may read: the phase, what arrived, and one post-synaptic factor for all projections.</summary>
    /// <param name="activity">
    /// The post-synaptic factor of the local statistic, such as ρ of its units: lanes × stride. Padding must be 0.
    /// </param>
    /// <param name="stride">Padded units per lane.</param>
    protected LocalSignals Here(ReadOnlySpan<float> activity, int stride) => new()
    {
        Activity = activity,
        Stride = stride,
        Phase = Tag,
        TimeInPhase = _timeInPhase,
        Coherent = Coherent,
        Synapses = new(_synapses),
        Bias = new(_bias),
    };

    /// <summary>What its synapses may read now; asked at every step and at the end of a phase, and never kept.</summary>
    protected abstract LocalSignals Here();

    private void Tally(LearningOutcome outcome)
    {
        if (outcome == LearningOutcome.Nothing)
            return;
        if (outcome == LearningOutcome.Learned)
        {
            foreach (Afferent afferent in _afferents)
                afferent.CountAges(Staleness, LocalTime);
        }

        (int positive, int negative, int wrong) = (0, 0, 0);
        ReadOnlySpan<float> importance = Tag.Importance;
        for (int lane = 0; lane < importance.Length; lane++)
        {
            positive += importance[lane] > 0 ? 1 : 0;
            negative += importance[lane] < 0 ? 1 : 0;
            wrong += ReceivedOpposite(lane) ? 1 : 0;
        }

        Learned += outcome == LearningOutcome.Learned
            ? new(positive, negative, 0, wrong)
            : new(0, 0, positive + negative, 0);
    }

    /// <summary>
    /// Whether its neighbours are in a later phase, whose announcement it has not received: it acts on what they send
    /// there, and would give it its own phase's sign. Where tags come with activity it follows at once and is never
    /// behind.
    /// </summary>
    private bool IsBehind()
    {
        if (Context.Tags != TagTransport.Broadcast)
            return false;
        foreach (Afferent afferent in _afferents)
        {
            if (afferent.ReceivedLater(Tag.Phase))
                return true;
        }

        return false;
    }

    private bool ReceivedOpposite(int lane)
    {
        foreach (Afferent afferent in _afferents)
        {
            if (afferent.ReceivedOpposite(Tag, lane))
                return true;
        }

        return false;
    }
}
