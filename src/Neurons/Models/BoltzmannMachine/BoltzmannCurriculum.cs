using Nudge.Phases;
using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Models.BoltzmannMachine;

/// <summary>
/// A Boltzmann machine: visible units (the input population, and the label where there is one) are clamped to an example in
/// the positive phase and free in the negative one. Asked for a class, the inputs are clamped, the label is free, and the
/// answer is its most frequent unit over the later part of the phase.
/// </summary>
internal sealed class BoltzmannCurriculum : Curriculum
{
    private readonly PopulationPlan? _label;
    private readonly OutputValues _values;
    private readonly int _burnIn;
    private readonly int[] _answersReceived;
    private float[] _visible = [];
    private float[] _targets = [];

    internal BoltzmannCurriculum(CurriculumContext context)
        : base(context)
    {
        _label = context.Network.Output;
        _values = new(Lanes, _label?.Size ?? 1);
        _answersReceived = new int[context.Network.Slices.Count];
        // A quarter of the phase for the chain to forget where it was.
        _burnIn = (int)(context.QuestionLength / context.Step / 4);
    }

    public override bool CanAnswer => _label is not null;

    public override bool UsesEveryStep => true;

    public override PhaseProgram Teach(
        PhaseTag tag, ReadOnlySpan<bool> positive, ReadOnlySpan<int> sign, double length)
    {
        float[] strength = new float[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
            strength[lane] = positive[lane] ? float.PositiveInfinity : 0;
        return Program(tag, strength, strength, length);
    }

    public override PhaseProgram Ask(PhaseTag tag, int part, double length)
    {
        float[] held = new float[Lanes];
        Array.Fill(held, float.PositiveInfinity);
        return Program(tag, held, new float[Lanes], length);
    }

    public override void ForgetAnswers()
    {
        _values.Clear();
        Array.Clear(_answersReceived);
    }

    public override void Receive(SlicePlan slice, ReadOnlySpan<float> answer)
    {
        if (_label is not null && _answersReceived[slice.Index]++ >= _burnIn)
            _values.Add(slice, answer);
    }

    public override int AnswerOf(int lane) => Answer.Of(_values.Of(lane));

    public override void Describe(StateSection state)
    {
        base.Describe(state);
        if (state.Has(62))
        {
            _values.Describe(state, 62);
            state.Integers(63, _answersReceived);
        }

        if (!state.Present(64, _visible.Length > 0, "visible"))
            return;
        float[] visible = state.NewFloats(64, _visible, Lanes * Network.Input.Size);
        float[] targets = state.NewFloats(65, _targets, Lanes * (_label?.Size ?? 0));
        if (state.IsRestoring)
            (_visible, _targets) = (visible, targets);
    }

    protected override void Show(float[] values)
    {
        _visible = values;
        _targets = new float[Lanes * (_label?.Size ?? 0)];
        for (int lane = 0; lane < Lanes && _label is not null; lane++)
            _targets[(lane * _label.Size) + Labels[lane]] = 1;
    }

    private PhaseProgram Program(PhaseTag tag, float[] inputStrength, float[] labelStrength, double length) => new(
        new NudgeSignal(tag, _visible, inputStrength),
        _label is null ? null : new NudgeSignal(tag, _targets, labelStrength),
        length);
}
