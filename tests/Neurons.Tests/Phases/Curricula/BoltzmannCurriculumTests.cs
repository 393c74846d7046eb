using Nudge.Networks;
using Nudge.Phases;
using Nudge.Phases.Curricula;
using Nudge.Plasticity;
using Nudge.Signals;
using Nudge.Testing;

namespace Nudge.Neurons.Tests.Phases.Curricula;

public sealed class BoltzmannCurriculumTests
{
    private const float Held = float.PositiveInfinity;

    [Fact]
    public void Inputs_and_label_are_clamped_in_positive_lanes_and_free_in_negative_ones()
    {
        (Curriculum curriculum, _) = Make();
        PhaseProgram program = curriculum.Teach(new(new(0, 1), 0, [2, -2]), [true, false], [1, 1], 5);
        var inputs = (NudgeSignal)program.Stimulus;
        Assert.Equal([Held, 0], inputs.Strength.ToArray());
        Assert.Equal([Held, 0], program.Target!.Strength.ToArray());
        Assert.Equal([0, 1, 0, 0, 0, 1], program.Target.Targets.ToArray());
        Assert.All(inputs.Targets.ToArray(), value => Assert.True(value is 0 or 1));
    }

    [Fact]
    public void Asked_for_a_class_the_inputs_are_held_and_the_label_is_free()
    {
        (Curriculum curriculum, _) = Make();
        PhaseProgram program = curriculum.Ask(new(new(0, 1), 0, [0, 0]), 0, 5);
        Assert.Equal([Held, Held], ((NudgeSignal)program.Stimulus).Strength.ToArray());
        Assert.Equal([0, 0], program.Target!.Strength.ToArray());
    }

    [Fact]
    public void The_answer_is_the_label_unit_that_was_on_most_often_after_a_quarter_of_the_phase()
    {
        (Curriculum curriculum, NetworkPlan network) = Make();
        curriculum.ForgetAnswers();
        SlicePlan label = network.Slices[^1];
        // Five of twenty steps are left out.
        for (int step = 0; step < 5; step++)
            curriculum.Hear(label, [0, 0, 1, 0, 0, 1]);
        for (int step = 0; step < 4; step++)
            curriculum.Hear(label, [1, 0, 0, 0, step % 2, 1]);
        Assert.Equal(0, curriculum.AnswerOf(0));
        Assert.Equal(2, curriculum.AnswerOf(1));
    }

    [Fact]
    public void Without_a_label_it_is_not_asked()
    {
        NetworkPlan network = NetworkCompiler.Compile(EveryModel.Settings("rbm"), 1);
        Assert.False(Curriculum.Of(network, new RunPlan(1, 0, 1)).CanAnswer);
    }

    [Fact]
    public void Alternating_phases_begin_with_the_data_as_contrastive_divergence_does()
    {
        var machine = new ModelSettings { Kind = ModelKind.BoltzmannMachine };
        var phases = new PhaseSettings { Order = PhaseOrder.Alternating };
        var schedule = new PhaseSchedule(1, phases, RuleKind.Paired, machine, 0.25);
        var elsewhere = new PhaseSchedule(1, phases, RuleKind.Paired, new(), 0.25);
        Assert.True(schedule.IsPositive(1, 0, 0));
        Assert.False(schedule.IsPositive(2, 1, 0));
        Assert.False(elsewhere.IsPositive(1, 0, 0));
        Assert.Equal(1, schedule.Importance(true, 1));
        Assert.Equal(-1, schedule.Importance(false, 1));
    }

    private static (Curriculum Curriculum, NetworkPlan Network) Make()
    {
        NetworkPlan network = NetworkCompiler.Compile(EveryModel.Settings("rbm, labels"), 1);
        var curriculum = Curriculum.Of(network, new RunPlan(1, 0, 1));
        curriculum.Show(EveryModel.Examples("rbm, labels"), lane => lane + 1);
        return (curriculum, network);
    }
}
