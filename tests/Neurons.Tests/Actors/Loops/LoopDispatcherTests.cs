using Akka.Actor;
using Akka.TestKit.Xunit2;
using Nudge.Actors.Loops;

namespace Nudge.Neurons.Tests.Actors.Loops;

/// <summary>The loop as Akka's dispatcher.</summary>
public sealed class LoopDispatcherTests() : TestKit(LoopDispatcher.Configuration)
{
    [Fact]
    public async Task An_actor_runs_on_a_loop_that_had_none_for_long()
    {
        IActorRef first = Sys.ActorOf(Props.Create(() => new Echo()).WithDispatcher(LoopDispatcher.Name));
        Assert.Equal(1, await first.Ask<int>(1, TimeSpan.FromSeconds(10)));
        await first.GracefulStop(TimeSpan.FromSeconds(10));
        // Akka ends the executor of a dispatcher that has had no actor for a second.
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        IActorRef second = Sys.ActorOf(Props.Create(() => new Echo()).WithDispatcher(LoopDispatcher.Name));
        Assert.Equal(2, await second.Ask<int>(2, TimeSpan.FromSeconds(10)));
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => Receive<int>(number => Sender.Tell(number));
    }
}
