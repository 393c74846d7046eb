using Akka.Actor;
using Nudge.Cluster.Tests.Security;
using Nudge.Hosting;

namespace Nudge.Cluster.Tests.Hosting;

/// <summary>What a process that reaches a port can do. Each attack is also tried on Akka's defaults: it works.</summary>
public sealed class RogueTests
{
    [Fact]
    public async Task An_unlisted_type_runs_no_setter_and_the_node_lives_on()
    {
        await using Node node = Rogue.Guarded();
        using ActorSystem rogue = Rogue.Start();
        var trap = new Trap { Spring = 1 };
        int before = Trap.Sprung;
        rogue.ActorSelection(Rogue.NodeEndpoint(node)).Tell(trap);
        Assert.Equal(NodeActor.Protocol, (await Rogue.AskAsync(rogue, node)).Protocol);
        Assert.Equal(before, Trap.Sprung);
    }

    [Fact]
    public async Task With_the_defaults_the_same_message_does_run_the_setter()
    {
        using ActorSystem victim = Rogue.Start();
        victim.ActorOf(Props.Create(() => new Silent()), NodeActor.Name);
        using ActorSystem rogue = Rogue.Start();
        var trap = new Trap { Spring = 1 };
        int before = Trap.Sprung;
        rogue.ActorSelection(Rogue.NodeEndpoint(Rogue.AddressOf(victim))).Tell(trap);
        using var limit = new CancellationTokenSource(Rogue.AnswerTimeout);
        while (Trap.Sprung == before)
            await Task.Delay(20, limit.Token);
    }

    [Fact]
    public async Task Remote_deployment_runs_no_constructor()
    {
        await using Node node = Rogue.Guarded();
        using ActorSystem rogue = Rogue.Start();
        int before = Silent.Made;
        rogue.ActorOf(
            Props.Create(() => new Silent()).WithDeploy(new Deploy(new RemoteScope(node.Membership.SelfAddress))), "planted");
        await Rogue.AskAsync(rogue, node);
        Assert.Equal(before, Silent.Made);
    }

    [Fact]
    public async Task Malformed_bytes_under_our_own_number_are_refused_and_the_node_lives_on()
    {
        await using Node node = Rogue.Guarded();
        using ActorSystem rogue = Rogue.Start($$"""
            akka.actor {
                serializers.garbage = "{{typeof(GarbageSerializer).FullName}}, {{typeof(GarbageSerializer).Assembly.GetName().Name}}"
                serialization-bindings { "{{typeof(Garbage).FullName}}, {{typeof(Garbage).Assembly.GetName().Name}}" = garbage }
            }
            """);
        for (int i = 0; i < 200; i++)
            rogue.ActorSelection(Rogue.NodeEndpoint(node)).Tell(new Garbage(i));
        Assert.Equal(NodeActor.Protocol, (await Rogue.AskAsync(rogue, node)).Protocol);
    }
}
