using Akka.Actor;
using Akka.Configuration;
using Nudge.Hosting;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Hosting;

/// <summary>What somebody who reaches a node's port gets done. Each attack is tried on Akka's defaults too, where it works.</summary>
public sealed class RogueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_unlisted_type_runs_no_setter_and_the_node_lives_on()
    {
        await using Node node = Start();
        using ActorSystem rogue = Rogue("");
        var trap = new Trap { Spring = 1 };
        int before = Trap.Sprung;
        rogue.ActorSelection(Door(node)).Tell(trap);
        Assert.Equal(NodeActor.Protocol, (await AskAsync(rogue, node)).Protocol);
        Assert.Equal(before, Trap.Sprung);
    }

    [Fact]
    public async Task With_the_defaults_the_same_message_does_run_the_setter()
    {
        using ActorSystem victim = Rogue("");
        victim.ActorOf(Props.Create(() => new Silent()), NodeActor.Name);
        using ActorSystem rogue = Rogue("");
        Address address = ((ExtendedActorSystem)victim).Provider.DefaultAddress;
        var trap = new Trap { Spring = 1 };
        int before = Trap.Sprung;
        rogue.ActorSelection(new RootActorPath(address) / "user" / NodeActor.Name).Tell(trap);
        using var limit = new CancellationTokenSource(Patience);
        while (Trap.Sprung == before)
            await Task.Delay(20, limit.Token);
    }

    [Fact]
    public async Task Remote_deployment_runs_no_constructor()
    {
        await using Node node = Start();
        using ActorSystem rogue = Rogue("");
        int before = Silent.Made;
        rogue.ActorOf(
            Props.Create(() => new Silent()).WithDeploy(new Deploy(new RemoteScope(node.Membership.SelfAddress))), "planted");
        await AskAsync(rogue, node);
        Assert.Equal(before, Silent.Made);
    }

    [Fact]
    public async Task Malformed_bytes_under_our_own_number_are_refused_and_the_node_lives_on()
    {
        await using Node node = Start();
        using ActorSystem rogue = Rogue($$"""
            akka.actor {
                serializers.garbage = "{{typeof(GarbageSerializer).FullName}}, {{typeof(GarbageSerializer).Assembly.GetName().Name}}"
                serialization-bindings { "{{typeof(Garbage).FullName}}, {{typeof(Garbage).Assembly.GetName().Name}}" = garbage }
            }
            """);
        for (int i = 0; i < 200; i++)
            rogue.ActorSelection(Door(node)).Tell(new Garbage(i));
        Assert.Equal(NodeActor.Protocol, (await AskAsync(rogue, node)).Protocol);
    }

    private static Node Start() => Node.Start(new(), (_, _) => throw new InvalidDataException("hosts nothing"));

    private static ActorPath Door(Node node) => new RootActorPath(node.Membership.SelfAddress) / "user" / NodeActor.Name;

    /// <summary>Asks in order behind what was sent before, so that it is there when the answer comes.</summary>
    private static Task<NodeHello> AskAsync(ActorSystem rogue, Node node) =>
        rogue.ActorSelection(Door(node)).Ask<NodeHello>(new AskNode(), Patience);

    // It speaks our contracts for its questions, and keeps Akka's own serializers for the attack.
    private static ActorSystem Rogue(string more) => ActorSystem.Create("nudge", ConfigurationFactory.ParseString(more)
        .WithFallback(ConfigurationFactory.ParseString($$"""
            akka {
                loglevel = OFF
                stdout-loglevel = OFF
                actor.provider = remote
                actor.serializers.nudge = "{{typeof(WireSerializer).FullName}}, Nudge.Cluster"
                actor.serialization-bindings {
                    "{{typeof(AskNode).FullName}}, Nudge.Cluster" = nudge
                    "{{typeof(NodeHello).FullName}}, Nudge.Cluster" = nudge
                }
                remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            }
            """)));
}
