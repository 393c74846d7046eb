using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Nudge.Hosting;

namespace Nudge.Cluster.Tests.Security;

/// <summary>Messages that end an actor of another machine. Each is tried on Akka's defaults too, where it works.</summary>
public sealed class LethalMessageTests
{
    private delegate void Attack(ActorSystem rogue, ActorPath endpoint);

    private static readonly Dictionary<string, Attack> Attacks = new()
    {
        ["a poison pill"] = (rogue, endpoint) => Rogue.Resolve(rogue, endpoint).Tell(PoisonPill.Instance),
        ["a poison pill in a selection"] = (rogue, endpoint) =>
            rogue.ActorSelection(endpoint).Tell(PoisonPill.Instance),
        ["a kill"] = (rogue, endpoint) => Rogue.Resolve(rogue, endpoint).Tell(Kill.Instance),
        ["a kill in a selection by pattern"] = (rogue, endpoint) =>
            rogue.ActorSelection(new RootActorPath(endpoint.Address) / "user" / "*").Tell(Kill.Instance),
        ["terminate"] = (rogue, endpoint) => Rogue.Resolve(rogue, endpoint).SendSystemMessage(new Terminate()),
        ["a false notice of a child's death"] = (rogue, endpoint) => Rogue.Resolve(rogue, endpoint)
            .SendSystemMessage(new DeathWatchNotification(Rogue.Resolve(rogue, endpoint / "child"), true, false)),
        ["a watch on an actor that ends"] = (rogue, endpoint) =>
        {
            var mortal = (IInternalActorRef)rogue.ActorOf(Props.Empty);
            IInternalActorRef victim = Rogue.Resolve(rogue, endpoint);
            victim.SendSystemMessage(new Watch(mortal, victim));
            victim.SendSystemMessage(new DeathWatchNotification(mortal, true, false));
        },
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task On_a_node_it_does_nothing(string attack)
    {
        await using Node node = Rogue.Guarded();
        using ActorSystem rogue = Rogue.Start();
        Task refused = Refusal.Awaited(node.System);
        Attacks[attack](rogue, Rogue.NodeEndpoint(node));
        await refused;
        using ActorSystem other = Rogue.Start();
        Assert.Equal(NodeActor.Protocol, (await Rogue.AskAsync(other, node)).Protocol);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_the_defaults_it_ends_the_actor(string attack)
    {
        using ActorSystem system = Rogue.Start();
        IActorRef victim = system.ActorOf(Props.Create(() => new Victim()), NodeActor.Name);
        Task<bool> ended = victim.WatchAsync();
        using ActorSystem rogue = Rogue.Start();
        Attacks[attack](rogue, Rogue.NodeEndpoint(Rogue.AddressOf(system)));
        Assert.True(await ended.WaitAsync(Rogue.AnswerTimeout));
    }

    [Fact]
    public async Task A_restart_from_outside_does_nothing()
    {
        await using Node node = Rogue.Guarded();
        using ActorSystem rogue = Rogue.Start();
        IActorRef spy = node.System.ActorOf(Props.Create(() => new Victim()), "spy");
        int before = Victim.Restarts;
        Task refused = Refusal.Awaited(node.System);
        Rogue.Resolve(rogue, Rogue.NodeEndpoint(node).Parent / spy.Path.Name).SendSystemMessage(new Recreate(new TimeoutException()));
        await refused;
        await spy.Ask<ActorIdentity>(new Identify(1), Rogue.AnswerTimeout);
        Assert.Equal(before, Victim.Restarts);
    }

    [Fact]
    public async Task A_cluster_is_not_told_from_outside_to_down_a_node()
    {
        await using Node node = Rogue.Guarded();
        await node.JoinAsync(CancellationToken.None);
        using ActorSystem rogue = Rogue.Start(provider: "cluster");
        ActorPath daemon = new RootActorPath(node.Membership.SelfAddress) / "system" / "cluster" / "core" / "daemon";
        for (int i = 0; i < 2; i++)
        {
            rogue.ActorSelection(daemon).Tell(UserAction("Down", node.Membership.SelfAddress));
            rogue.ActorSelection(daemon).Tell(UserAction("Leave", node.Membership.SelfAddress));
            await Rogue.AskAsync(rogue, node);
            await node.System.ActorSelection(daemon).Ask<ActorIdentity>(new Identify(i), Rogue.AnswerTimeout);
        }

        Assert.Equal(Akka.Cluster.MemberStatus.Up, node.Membership.SelfMember.Status);
        Assert.False(node.Gone.IsCompleted);
    }

    [Fact]
    public async Task With_the_defaults_a_cluster_obeys()
    {
        using ActorSystem victim = Rogue.Start(provider: "cluster");
        var membership = Akka.Cluster.Cluster.Get(victim);
        await membership.JoinAsync(membership.SelfAddress).WaitAsync(Rogue.AnswerTimeout);
        using ActorSystem rogue = Rogue.Start(provider: "cluster");
        ActorPath daemon = new RootActorPath(membership.SelfAddress) / "system" / "cluster" / "core" / "daemon";
        rogue.ActorSelection(daemon).Tell(UserAction("Down", membership.SelfAddress));
        using var limit = new CancellationTokenSource(Rogue.AnswerTimeout);
        while (!membership.IsTerminated)
            await Task.Delay(20, limit.Token);
    }

    [Fact]
    public async Task With_the_defaults_a_restart_from_outside_works()
    {
        using ActorSystem system = Rogue.Start();
        system.ActorOf(Props.Create(() => new Victim()), NodeActor.Name);
        using ActorSystem rogue = Rogue.Start();
        int before = Victim.Restarts;
        Rogue.Resolve(rogue, Rogue.NodeEndpoint(Rogue.AddressOf(system))).SendSystemMessage(new Recreate(new TimeoutException()));
        using var limit = new CancellationTokenSource(Rogue.AnswerTimeout);
        while (Victim.Restarts == before)
            await Task.Delay(20, limit.Token);
    }

    // Akka keeps the type to itself.
    private static object UserAction(string name, Address address) => Activator.CreateInstance(
        typeof(Akka.Cluster.Cluster).Assembly.GetType($"Akka.Cluster.ClusterUserAction+{name}", throwOnError: true)!, address)!;
}
