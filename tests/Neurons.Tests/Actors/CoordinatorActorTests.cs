using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Nudge.Actors;
using Nudge.Networks;
using Nudge.Signals;
using Nudge.Testing;
using Nudge.Training;

namespace Nudge.Neurons.Tests.Actors;

/// <summary>When the coordinator ends a phase.</summary>
public sealed class CoordinatorActorTests : TestKit
{
    private readonly ProgressPublisher _progress = new();
    private readonly NetworkPlan _network;
    private readonly IActorRef _coordinator;
    private readonly int _output;

    public CoordinatorActorTests()
    {
        (_, TrainingSchedule schedule, _network) =
            SmallNetwork.Prepare(SmallNetwork.Settings(4, 8, 3), 1000, VectorExamples.Spread(9, 4, 3));
        _output = schedule.Listening[0].Index;
        _coordinator = Sys.ActorOf(Props.Create(() => new CoordinatorActor(_network, schedule, new(), _progress)));
        _coordinator.Tell(new Begin([.. _network.Slices.Select(_ => TestActor)]));
    }

    [Fact]
    public async Task An_answer_that_ends_the_phase_ends_it_and_a_repeated_one_ends_no_other()
    {
        PhaseMark mark = await NextMarkAsync();
        AnswerMessage answer = new(_output, mark.Phase, ActivityFrame.Of(new float[3])) { Ended = mark.Phase };
        _coordinator.Tell(answer with { Ended = PhaseNumber.None });
        _coordinator.Tell(answer);
        _coordinator.Tell(answer);
        Assert.NotEqual(mark.Phase, (await NextMarkAsync()).Phase);
        Assert.Equal(2, await PhasesAsync());
    }

    [Fact]
    public async Task While_no_slice_could_answer_only_keep_alives_end_phases()
    {
        _coordinator.Tell(new UnreachableSlices([_output]));
        for (int i = 0; i < 50; i++)
            _coordinator.Tell(new RestReport(0, PhaseNumber.None, Resting: false));
        Assert.Equal(1, await PhasesAsync());
        _coordinator.Tell(KeepAlive.Instance);
        Assert.Equal(2, await PhasesAsync());
    }

    [Fact]
    public async Task A_slice_that_moves_before_the_first_phase_is_sent_it_where_it_is()
    {
        (_, TrainingSchedule schedule, NetworkPlan network) =
            SmallNetwork.Prepare(SmallNetwork.Settings(4, 8, 3), 1000, VectorExamples.Spread(9, 4, 3));
        IActorRef coordinator = Sys.ActorOf(Props.Create(() => new CoordinatorActor(network, schedule, new(), new(), null)));
        TestProbe moved = CreateTestProbe();
        coordinator.Tell(new SliceMoved(_output, moved));
        coordinator.Tell(new Begin([.. network.Slices.Select(_ => ActorRefs.Nobody)]));
        await moved.FishForMessageAsync(message => message is PhaseMark, TimeSpan.FromSeconds(10));
    }

    private async Task<PhaseMark> NextMarkAsync() =>
        (PhaseMark)await FishForMessageAsync(message => message is PhaseMark, TimeSpan.FromSeconds(10));

    // Answered after all that was sent before.
    private async Task<long> PhasesAsync()
    {
        await _coordinator.Ask<IReadOnlyList<long>>(new AskControl(), TimeSpan.FromSeconds(10));
        return _progress.Progress.Phases;
    }
}
