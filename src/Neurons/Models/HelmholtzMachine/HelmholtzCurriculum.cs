using Nudge.Phases;
using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Models.HelmholtzMachine;

/// <summary>
/// A Helmholtz machine: the input is clamped to an example in the positive phase (wake) and generated in the negative one
/// (sleep). It models its input, and cannot be asked for a class.
/// </summary>
internal sealed class HelmholtzCurriculum(CurriculumContext context) : Curriculum(context)
{
    private float[] _visible = [];

    public override bool CanAnswer => false;

    public override PhaseProgram Teach(
        PhaseTag tag, ReadOnlySpan<bool> positive, ReadOnlySpan<int> sign, double length)
    {
        float[] strength = new float[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
            strength[lane] = positive[lane] ? float.PositiveInfinity : 0;
        return new(new NudgeSignal(tag, _visible, strength), null, length);
    }

    public override PhaseProgram Ask(PhaseTag tag, int part, double length) =>
        throw new InvalidOperationException("A Helmholtz machine has no answer to ask for.");

    public override void ForgetAnswers()
    {
    }

    public override void Receive(SlicePlan slice, ReadOnlySpan<float> answer)
    {
    }

    public override int AnswerOf(int lane) => NoAnswer;

    public override void Describe(StateSection state)
    {
        base.Describe(state);
        if (!state.Present(64, _visible.Length > 0, "visible"))
            return;
        float[] visible = state.NewFloats(64, _visible, Lanes * Network.Input.Size);
        if (state.IsRestoring)
            _visible = visible;
    }

    protected override void Show(float[] values) => _visible = values;
}
