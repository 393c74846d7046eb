using Nudge.Models;
using Nudge.Networks;
using Nudge.Phases;
using Nudge.Signals;
using Nudge.Testing;

namespace Nudge.Neurons.Tests.Models.HelmholtzMachine;

public sealed class HelmholtzCurriculumTests
{
    [Fact]
    public void The_input_is_clamped_in_positive_lanes_and_generated_in_negative_ones()
    {
        NetworkPlan network = NetworkCompiler.Compile(SmallHelmholtz.Settings([2, 3], 0.1) with { Lanes = 2 }, 100);
        Curriculum curriculum = network.CreateCurriculum(10);
        curriculum.Show(SmallMachine.Examples([[1, 0], [0, 1]]), lane => lane);
        PhaseProgram program = curriculum.Teach(new(new(0, 1), 0, [2, -2]), [true, false], [1, 1], 5);
        var stimulus = (NudgeSignal)program.Stimulus;
        Assert.Equal([float.PositiveInfinity, 0], stimulus.Strength.ToArray());
        Assert.Equal([1, 0, 0, 1], stimulus.Targets.ToArray());
        Assert.Null(program.Target);
        Assert.False(curriculum.CanAnswer);
    }
}
