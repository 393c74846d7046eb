using Nudge.Models;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Signals;
using Nudge.Testing;
using Nudge.Topology;

namespace Nudge.Neurons.Tests.Models.BoltzmannMachine;

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
            curriculum.Receive(label, [0, 0, 1, 0, 0, 1]);
        for (int step = 0; step < 4; step++)
            curriculum.Receive(label, [1, 0, 0, 0, step % 2, 1]);
        Assert.Equal(0, curriculum.AnswerOf(0));
        Assert.Equal(2, curriculum.AnswerOf(1));
    }

    [Fact]
    public void Without_a_label_it_is_not_asked()
    {
        NetworkPlan network = NetworkCompiler.Compile(EveryModel.Settings("rbm"), 1);
        Assert.False(network.CreateCurriculum(5).CanAnswer);
    }

    [Fact]
    public void Alternating_phases_begin_with_the_data_as_contrastive_divergence_does()
    {
        NetworkPlan machine = NetworkCompiler.Compile(EveryModel.Settings("rbm, CD"), 1);
        NetworkPlan layers = NetworkCompiler.Compile(SmallNetwork.Settings(4, 8, 3).WithRule("paired"), 1);
        var phases = new PhaseSettings { Order = PhaseOrder.Alternating };
        var schedule = new PhaseSchedule(1, phases, machine.Polarity, 0.25, 1);
        var elsewhere = new PhaseSchedule(1, phases, layers.Polarity, 0.25, 1);
        Assert.True(schedule.IsPositive(1, 0, 0));
        Assert.False(schedule.IsPositive(2, 1, 0));
        Assert.False(elsewhere.IsPositive(1, 0, 0));
        Assert.Equal(1, schedule.Importance(true, 1));
        Assert.Equal(-1, schedule.Importance(false, 1));
    }

    private static (Curriculum Curriculum, NetworkPlan Network) Make()
    {
        NetworkPlan network = NetworkCompiler.Compile(EveryModel.Settings("rbm, labels"), 1);
        Curriculum curriculum = network.CreateCurriculum(network.Settings.Phases.Length.Mean);
        curriculum.Show(EveryModel.Examples("rbm, labels"), lane => lane + 1);
        return (curriculum, network);
    }
}
