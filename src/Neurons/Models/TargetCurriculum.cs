using Nudge.Numerics;
using Nudge.Phases;
using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Models;

/// <summary>
/// The input holds the stimulus in both phases, a target pulls at the output or holds it, with a strength for each polarity,
/// and the answer is the most active output of a free phase; of examples with target values it is what the output has.
/// </summary>
public sealed class TargetCurriculum : Curriculum
{
    private readonly float _positive;
    private readonly float _negative;
    private readonly PopulationPlan _output;
    private readonly OutputValues _values;
    private ActivityFrame _stimulus = ActivityFrame.Of([]);
    private float[] _targets = [];
    private bool _hasValues;

    /// <summary>Makes a curriculum that has shown nothing yet.</summary>
    /// <param name="context">The network.</param>
    /// <param name="positive">Strength of the target in the positive phase: β, or +∞ to hold the output there.</param>
    /// <param name="negative">Strength in the negative phase: 0, or −β.</param>
    /// <exception cref="ArgumentException">The network has no output population.</exception>
    public TargetCurriculum(CurriculumContext context, float positive, float negative)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (_positive, _negative) = (positive, negative);
        _output = context.Network.Output ?? throw new ArgumentException("The network has no output population.");
        _values = new(Lanes, _output.Size);
    }

    /// <inheritdoc/>
    public override bool AnswersInFreePhases => _negative == 0;

    /// <inheritdoc/>
    public override PhaseProgram Teach(
        PhaseTag tag, ReadOnlySpan<bool> positive, ReadOnlySpan<int> sign, double length)
    {
        float[] strength = new float[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
            strength[lane] = (positive[lane] ? _positive : _negative) * sign[lane];
        return Program(tag, strength, length);
    }

    /// <inheritdoc/>
    public override PhaseProgram Ask(PhaseTag tag, int part, double length) => Program(tag, new float[Lanes], length);

    /// <inheritdoc/>
    public override void ForgetAnswers() => _values.Clear();

    /// <inheritdoc/>
    public override void Receive(SlicePlan slice, ReadOnlySpan<float> answer) => _values.Place(slice, answer);

    /// <inheritdoc/>
    public override int AnswerOf(int lane) => Answer.Of(_values.Of(lane));

    /// <inheritdoc/>
    public override bool IsCorrect(int lane, double tolerance)
    {
        if (!_hasValues)
            return base.IsCorrect(lane, tolerance);
        ReadOnlySpan<float> values = _values.Of(lane);
        ReadOnlySpan<float> targets = _targets.AsSpan(lane * _output.Size, _output.Size);
        for (int i = 0; i < values.Length; i++)
        {
            if (!(Math.Abs(values[i] - targets[i]) <= tolerance))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override double? SquaredErrorOf(int lane)
    {
        if (!_hasValues)
            return null;
        ReadOnlySpan<float> values = _values.Of(lane);
        ReadOnlySpan<float> targets = _targets.AsSpan(lane * _output.Size, _output.Size);
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += ((double)values[i] - targets[i]) * ((double)values[i] - targets[i]);
        return sum / values.Length;
    }

    /// <inheritdoc/>
    public override void Describe(StateSection state)
    {
        base.Describe(state);
        if (state.Has(63))
            _values.Describe(state, 63);
        if (!state.Present(64, _stimulus.Values.Length > 0, "stimulus"))
            return;
        float[] stimulus = state.NewFloats(64, _stimulus.Values, Lanes * Network.Input.Size, "stimulus");
        float[] targets = state.NewFloats(65, _targets, Lanes * _output.Size);
        if (state.IsRestoring)
            (_stimulus, _targets) = (ActivityFrame.Of(stimulus), targets);
        if (state.Has(66))
            state.Item(66, ref _hasValues);
    }

    /// <inheritdoc/>
    protected override void Show(float[] values, float[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        _hasValues = targets.Length > 0;
        if (!_hasValues)
        {
            Show(values);
            return;
        }

        _stimulus = ActivityFrame.Of(values);
        _targets = targets;
    }

    /// <inheritdoc/>
    protected override void Show(float[] values)
    {
        _stimulus = ActivityFrame.Of(values);
        _targets = new float[Lanes * _output.Size];
        (float on, float off) = ActivationFunction.Targets(_output.Settings.Activation);
        Array.Fill(_targets, off);
        for (int lane = 0; lane < Lanes; lane++)
            _targets[(lane * _output.Size) + Labels[lane]] = on;
    }

    private PhaseProgram Program(PhaseTag tag, float[] strength, double length) =>
        new(new StimulusSignal(tag, _stimulus), new(tag, _targets, strength), length);
}
