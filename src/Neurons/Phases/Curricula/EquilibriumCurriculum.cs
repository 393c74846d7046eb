using Nudge.Checkpointing;
using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Populations;
using Nudge.Signals;

namespace Nudge.Phases.Curricula;

/// <summary>
/// Equilibrium propagation and contrastive Hebbian learning: the input holds the stimulus in both phases, the target pulls
/// at or holds the output in the positive one, and the answer is the most active output of a free phase.
/// </summary>
internal sealed class EquilibriumCurriculum : Curriculum
{
    private readonly ModelSettings _model;
    private readonly PopulationPlan _output;
    private readonly OutputBoard _board;
    private ActivityFrame _stimulus = ActivityFrame.Of([]);
    private float[] _targets = [];

    internal EquilibriumCurriculum(NetworkPlan network)
        : base(network)
    {
        _model = network.Settings.Model;
        _output = network.Output ?? throw new ArgumentException("The network has no output population.");
        _board = new(Lanes, _output.Size);
    }

    internal override bool AnswersInFreePhases => _model.Negative == NegativePhase.Free;

    internal override PhaseProgram Teach(
        PhaseTag tag, ReadOnlySpan<bool> positive, ReadOnlySpan<int> sign, double length)
    {
        float[] strength = new float[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
            strength[lane] = Strength(positive[lane]) * sign[lane];
        return Program(tag, strength, length);
    }

    internal override PhaseProgram Ask(PhaseTag tag, int part, double length) => Program(tag, new float[Lanes], length);

    internal override void ForgetAnswers() => _board.Clear();

    internal override void Hear(SlicePlan slice, ReadOnlySpan<float> answer) => _board.Place(slice, answer);

    internal override int AnswerOf(int lane) => Answer.Of(_board.Of(lane));

    internal override void Save(BinaryWriter writer)
    {
        base.Save(writer);
        writer.Write(_stimulus.Values.Length > 0);
        if (_stimulus.Values.Length == 0)
            return;
        writer.WriteFloats(_stimulus.Values);
        writer.WriteFloats(_targets);
    }

    internal override void Restore(BinaryReader reader)
    {
        base.Restore(reader);
        if (!reader.ReadBoolean())
            return;
        float[] stimulus = new float[Lanes * Network.Input.Size];
        reader.ReadFloats(stimulus);
        _stimulus = ActivityFrame.Of(stimulus);
        _targets = new float[Lanes * _output.Size];
        reader.ReadFloats(_targets);
    }

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

    private float Strength(bool positive)
    {
        if (!positive)
            return _model.Negative == NegativePhase.Opposed ? -(float)_model.Beta : 0;
        return _model.ClampsOutput ? float.PositiveInfinity : (float)_model.Beta;
    }
}
