using Nudge.Signals;
using Nudge.State;
using Nudge.Synapses;

namespace Nudge.Populations;

/// <summary>Units of the input population: they hold the stimulus that the coordinator shows, and have no dynamics.</summary>
public sealed class InputSlice : PopulationSlice
{
    private StimulusSignal? _shown;
    private ActivityFrame _frame;
    private ActivityFrame? _cutFrom;

    /// <summary>Makes a slice that shows nothing.</summary>
    public InputSlice(SliceContext context)
        : base(context) => _frame = ActivityFrame.Of(new float[Lanes * Plan.Count]);

    /// <inheritdoc/>
    public override ReadOnlySpan<SynapseGroup> Synapses => [];

    /// <inheritdoc/>
    public override bool IsFinite => true;

    /// <inheritdoc/>
    public override BiasGroup? Bias => null;

    /// <inheritdoc/>
    public override void Receive(int afferentSlot, int sourceSlot, in ActivitySignal signal, double transit = 0) =>
        throw new InvalidOperationException("Nothing projects onto an input population.");

    /// <inheritdoc/>
    public override void Receive(ControlSignal signal)
    {
        base.Receive(signal);
        if (signal is StimulusSignal stimulus && (_shown is null || stimulus.Tag.Phase > _shown.Tag.Phase))
            _shown = stimulus;
    }

    /// <inheritdoc/>
    public override void CopyActivity(Span<float> destination) => _frame.Values.CopyTo(destination);

    /// <inheritdoc/>
    public override void Describe(StateSection state)
    {
        base.Describe(state);
        _shown = state.OptionalSignal(64, _shown, Lanes, Plan.Population.Size);
        float[] values = state.NewFloats(65, _frame.Values, Lanes * Plan.Count, "activity");
        if (state.IsRestoring)
            _frame = ActivityFrame.Of(values);
    }

    /// <inheritdoc/>
    protected override void TakeIn(PhaseNumber upTo)
    {
    }

    /// <inheritdoc/>
    protected override PhaseTag NewestReceived(PhaseTag newest) => newest;

    /// <inheritdoc/>
    protected override void EndPhase()
    {
    }

    /// <inheritdoc/>
    protected override void UpdateMarks()
    {
        // What the input shows is of the phase whose stimulus arrived, also where the phase itself was announced apart.
        Below = _shown?.Tag.Phase ?? PhaseNumber.None;
        Above = Tag.Phase;
    }

    /// <inheritdoc/>
    protected override bool Advance(float elapsed)
    {
        ActivityFrame shown = _shown is null ? _frame : Cut(_shown.Values);
        bool changed = !ReferenceEquals(shown, _frame);
        _frame = shown;
        return changed;
    }

    /// <inheritdoc/>
    protected override ActivityFrame Frame(FramePool? pool) => _frame;

    private ActivityFrame Cut(ActivityFrame whole)
    {
        if (Plan.Count == Plan.Population.Size)
            return whole;
        if (ReferenceEquals(whole, _cutFrom))
            return _frame;
        float[] part = new float[Lanes * Plan.Count];
        for (int lane = 0; lane < Lanes; lane++)
        {
            whole.Values.Slice((lane * Plan.Population.Size) + Plan.First, Plan.Count)
                .CopyTo(part.AsSpan(lane * Plan.Count, Plan.Count));
        }

        _cutFrom = whole;
        return ActivityFrame.Of(part);
    }
}
