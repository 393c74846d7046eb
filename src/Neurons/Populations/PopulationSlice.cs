using Nudge.Links;
using Nudge.Phases;
using Nudge.Signals;
using Nudge.State;
using Nudge.Synapses;
using Nudge.Topology;

namespace Nudge.Populations;

/// <summary>
/// A range of a population's units as a pure object: receives messages, steps on its owner's clock, returns what to
/// send. It knows no engine, clock, file or thread; both engines call the same three methods.
/// </summary>
public abstract class PopulationSlice : IStateful
{
    internal const string StateSubject = "slice";

    private readonly ChangeSender? _changes;
    private readonly UnitOutput? _output;
    private PhaseTag? _announced;
    private long _sequence;

    /// <summary>Makes a slice at rest before the first phase.</summary>
    /// <param name="context">The slice's place in the network, and its settings.</param>
    protected PopulationSlice(SliceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Context = context;
        Tag = PhaseTag.Before(context.Lanes);
        if (context.Send.When == SendWhen.Change)
            _changes = new(context.Send, context.Lanes * context.Slice.Values);
        _output = UnitOutput.For(context);
    }

    /// <summary>The slice's place in the network.</summary>
    public SlicePlan Plan => Context.Slice;

    /// <summary>The phase that the slice is in: the newest that it received.</summary>
    public PhaseTag Tag { get; private protected set; }

    /// <summary>Oldest phase received from the side of the input.</summary>
    public PhaseNumber Below { get; private protected set; }

    /// <summary>Oldest phase received from the side of the output.</summary>
    public PhaseNumber Above { get; private protected set; }

    /// <summary>How often the slice was restored.</summary>
    public int Incarnation { get; private set; }

    /// <summary>What was received through one link, as its receiver counted it.</summary>
    /// <param name="afferentSlot">Which afferent projection.</param>
    /// <param name="sourceSlot">Which of its source slices.</param>
    public virtual ReceiveCounters CountsOf(int afferentSlot, int sourceSlot) => default;

    /// <summary>What it learned so far.</summary>
    public LearningTally Learned { get; private protected set; }

    /// <summary>How old the activity was that it learned from.</summary>
    public StalenessTally Staleness { get; } = new();

    /// <summary>
    /// Its share of the network's energy at what it last received, mean over lanes (theory §4); a coupling whose two
    /// ends both own a copy counts one half at each. Forward-Forward has no energy: minus the goodness of the layer.
    /// </summary>
    public virtual double Energy => 0;

    /// <summary>Local time since its first start, in τ.</summary>
    public double LocalTime { get; private set; }

    /// <summary>
    /// How long its statistics are, for the coordinator that seeks the best b; null where it does not.
    /// </summary>
    public virtual SecondMoments? SecondMoments => null;

    /// <summary>Steps made so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The number of the last intervention that changed its weights.</summary>
    internal long LastTurn { get; set; }

    /// <summary>Its last phases, for observers; no part of its state.</summary>
    internal PhaseTrail Trail { get; } = new();

    /// <summary>How often this incarnation has sent.</summary>
    internal long Sequence => _sequence;

    /// <summary>Whether it may rest while it receives nothing new.</summary>
    public virtual bool MayRest => true;

    /// <summary>
    /// Values of each lane that it reports to the coordinator: its activity, unless the model defines others.
    /// </summary>
    public virtual int AnswerSize => Plan.Count;

    /// <summary>Whether all numbers of the last step were finite.</summary>
    public abstract bool IsFinite { get; }

    /// <summary>The synapses that its units own, by afferent projection.</summary>
    public abstract ReadOnlySpan<SynapseGroup> Synapses { get; }

    /// <summary>The biases of its units, or null where it has none.</summary>
    public abstract BiasGroup? Bias { get; }

    /// <summary>What the slice received of the network when it was made.</summary>
    protected SliceContext Context { get; }

    /// <summary>Number of lanes.</summary>
    protected internal int Lanes => Context.Lanes;

    /// <summary>Receives another slice's activity; it counts from the next step on.</summary>
    /// <param name="afferentSlot">Which afferent projection it came through.</param>
    /// <param name="sourceSlot">Which of that projection's source slices sent it.</param>
    /// <param name="signal">What was sent.</param>
    /// <param name="transit">How long it was on its way, in τ; read by the record of staleness alone.</param>
    public abstract void Receive(int afferentSlot, int sourceSlot, in ActivitySignal signal, double transit = 0);

    /// <summary>Receives a signal of the coordinator. Receiving it twice is the same as receiving it once.</summary>
    /// <param name="signal">A stimulus, a nudge or the announcement of a phase.</param>
    public virtual void Receive(ControlSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (_announced is null || signal.Tag.Phase > _announced.Phase)
            _announced = signal.Tag;
    }

    /// <summary>Takes in what was received, changes phase if a newer one was received, and moves on in time.</summary>
    /// <param name="elapsed">Local time since the last step, in τ.</param>
    public StepOutcome Step(float elapsed)
    {
        Steps++;
        LocalTime += elapsed;
        (PhaseNumber below, PhaseNumber above) = (Below, Above);
        TakeIn(Tag.Phase);
        PhaseTag newest = NewestReceived(_announced is not null && _announced.Phase > Tag.Phase ? _announced : Tag);
        StepOutcome outcome = StepOutcome.Still;
        if (newest.Phase > Tag.Phase)
        {
            EndPhase();
            Tag = newest;
            Trail.Add(new(newest.Phase, newest.Importance[0], LocalTime, Learned));
            outcome = StepOutcome.PhaseChanged;
        }

        TakeIn(Context.Tags == TagTransport.Broadcast ? Newest : Tag.Phase);
        UpdateMarks();
        if (below != Below || above != Above)
            outcome |= StepOutcome.PhaseChanged;
        bool changed = Advance(elapsed);
        return changed || _output?.IsNoisy == true ? outcome | StepOutcome.ActivityChanged : outcome;
    }

    /// <summary>The signal that carries the present activity, with a new sequence number. The receiver holds its frame.</summary>
    /// <param name="pool">Where its frame comes from, or null for one of its own.</param>
    public ActivitySignal Send(FramePool? pool) =>
        new(Plan.Index, Incarnation, ++_sequence, Tag, Below, Above, Frame(pool));

    /// <summary>Whether it sends what has changed, and not everything at every step (<see cref="SendSettings"/>).</summary>
    internal bool SendsChanges => _changes is not null;

    /// <summary>Where it sends changes: sends all units at its next step, since a receiver has missed some.</summary>
    internal void SendAllAtNextStep() => _changes!.AskForAll();

    /// <summary>The signal with what has changed, if anything has; only where it sends changes.</summary>
    /// <param name="pool">Where its frame comes from, or null for one of its own.</param>
    /// <param name="signal">The signal, if one is due.</param>
    internal bool TrySendChanges(FramePool? pool, out ActivitySignal signal)
    {
        signal = default;
        CopySent(_changes!.Present);
        if (!_changes.IsDue(Tag.Phase, Below, Above, LocalTime))
            return false;
        ActivityFrame frame = pool?.Take() ?? ActivityFrame.Of(new float[Lanes * Plan.Values]);
        _changes.Fill(frame);
        signal = new(Plan.Index, Incarnation, ++_sequence, Tag, Below, Above, frame);
        return true;
    }

    /// <summary>Copies the present activity, lanes × units: as the units have it, whatever their devices send of it.</summary>
    public abstract void CopyActivity(Span<float> destination);

    /// <summary>Where an activity of its units lies; units without an upper bound are silent or not.</summary>
    /// <param name="activity">One value of <see cref="CopyActivity"/>.</param>
    public virtual ActivityPlace PlaceOf(float activity) => activity == 0 ? ActivityPlace.Silent : ActivityPlace.Within;

    /// <summary>Copies what it reports to the coordinator, lanes × <see cref="AnswerSize"/>.</summary>
    public virtual void CopyAnswer(Span<float> destination)
    {
        CopyActivity(destination);
        _output?.Apply(destination, Steps);
    }

    /// <summary>
    /// Marks a new incarnation of the slice, so that its signals count as newer than those of the last.
    /// </summary>
    /// <param name="incarnation">Greater than any earlier one.</param>
    public void BeginIncarnation(int incarnation)
    {
        Incarnation = incarnation;
        _sequence = 0;
    }

    /// <summary>Saves or restores the whole state, and what is recorded beside it.</summary>
    /// <inheritdoc/>
    public virtual void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Tag = state.Signal(1, Tag, Lanes);
        Below = state.Item(2, Below);
        Above = state.Item(3, Above);
        _announced = state.OptionalSignal(4, _announced, Lanes);
        Incarnation = state.Item(5, Incarnation);
        state.Item(6, ref _sequence);
        Steps = state.Item(7, Steps);
        state.Section(8, "learned", learned => Learned = LearningTally.Describe(learned, Learned));
        LocalTime = state.Item(9, LocalTime);
        state.Section(10, "staleness", Staleness);
        if (_changes is not null)
            state.Section(11, "changes", _changes);
        // Versions without interventions did not write it.
        LastTurn = state.Has(12) ? state.Item(12, LastTurn) : 0;
    }

    /// <summary>Newer than every phase.</summary>
    private static PhaseNumber Newest { get; } = new(int.MaxValue, long.MaxValue);

    /// <summary>Takes in messages that are not newer than a phase.</summary>
    protected abstract void TakeIn(PhaseNumber upTo);

    /// <summary>The newest of a tag and those that waiting messages carry.</summary>
    protected abstract PhaseTag NewestReceived(PhaseTag newest);

    /// <summary>Learns from the phase that ends, before anything of the next one is taken in.</summary>
    protected abstract void EndPhase();

    /// <summary>Recomputes <see cref="Below"/> and <see cref="Above"/> from what was received.</summary>
    protected abstract void UpdateMarks();

    /// <summary>Moves on in time; returns whether the activity changed.</summary>
    protected abstract bool Advance(float elapsed);

    /// <summary>The present activity as a frame.</summary>
    protected virtual ActivityFrame Frame(FramePool? pool)
    {
        ActivityFrame frame = pool?.Take() ?? ActivityFrame.Of(new float[Lanes * Plan.Values]);
        CopySent(frame.Writable);
        return frame;
    }

    /// <summary>Copies all values that it sends, channels × lanes × units, before its devices change them.</summary>
    protected virtual void CopyChannels(Span<float> destination) => CopyActivity(destination);

    private void CopySent(Span<float> destination)
    {
        CopyChannels(destination);
        _output?.Apply(destination, Steps);
    }

    /// <summary>Copies units without the padding between lanes.</summary>
    /// <param name="padded">lanes × stride.</param>
    /// <param name="stride">Padded units per lane.</param>
    /// <param name="destination">lanes × units.</param>
    protected void Copy(float[] padded, int stride, Span<float> destination)
    {
        for (int lane = 0; lane < Lanes; lane++)
            padded.AsSpan(lane * stride, Plan.Count).CopyTo(destination.Slice(lane * Plan.Count, Plan.Count));
    }
}
