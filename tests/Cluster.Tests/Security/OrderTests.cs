using Akka.Actor;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Security;

namespace Nudge.Cluster.Tests.Security;

/// <summary>With TLS, nodes obey who has a coordinator's certificate; a member with that of a node tries the same.</summary>
public sealed class OrderTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Orders_of_a_coordinator_are_obeyed_and_those_of_a_node_in_its_name_are_not()
    {
        using var certificates = new Certificates();
        await using Node victim = await StartAsync(new() { Tls = certificates.Node() });
        await using Node coordinator = await StartAsync(
            new() { Tls = certificates.Coordinator(), Role = NodeSettings.Coordinator, Seeds = [victim.Place] });
        await using Node rogue = await StartAsync(new() { Tls = certificates.Node(), Seeds = [victim.Place] });
        var refusal = new TaskCompletionSource<OrdersRefused>(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef supervisor = coordinator.System.ActorOf(Props.Create(() => new Supervisor(refusal)), "supervisor");
        HostingOrders orders = Orders(coordinator, supervisor) with { Process = victim.Membership.SelfUniqueAddress.Uid };

        Task refused = Refusal.Awaited(victim.System, "is that of a node and not of a coordinator");
        // It names the coordinator, as anybody can.
        rogue.System.ActorSelection(Rogue.NodeEndpoint(victim)).Tell(orders, ActorRefs.NoSender);
        await refused;
        await Task.Delay(500);
        Assert.False(refusal.Task.IsCompleted);

        coordinator.System.ActorSelection(Rogue.NodeEndpoint(victim)).Tell(orders, supervisor);
        OrdersRefused answer = await refusal.Task.WaitAsync(Within);
        Assert.Contains("hosts nothing", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coordinator_with_the_certificate_of_a_node_does_not_start()
    {
        using var certificates = new Certificates();
        TlsException error = await Assert.ThrowsAsync<TlsException>(
            () => StartAsync(new() { Tls = certificates.Node(), Role = NodeSettings.Coordinator }));
        Assert.Contains("nudge cert coordinator", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_that_was_changed_or_kept_or_is_of_another_kind_is_refused()
    {
        using var certificates = new Certificates();
        var clock = new Later();
        var tls = MutualTls.Create(certificates.Coordinator(), TimeProvider.System);
        var seal = new OrderSeal(tls, clock);
        byte[] closed = seal.Close([1, 2, 3], "Ho");
        Assert.Equal([1, 2, 3], seal.Open(closed, "Ho").ToArray());
        Assert.Contains("signature", Refused(seal, closed, "Hd"), StringComparison.Ordinal);
        Assert.Contains("not signed", Refused(seal, [1, 2, 3], "Ho"), StringComparison.Ordinal);
        for (int place = 0; place < closed.Length; place++)
        {
            byte[] changed = [.. closed];
            changed[place] ^= 1;
            Refused(seal, changed, "Ho");
            Refused(seal, closed[..place], "Ho");
        }

        clock.Add = TimeSpan.FromMinutes(6);
        Assert.Contains("clocks", Refused(seal, closed, "Ho"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_under_another_authority_is_refused()
    {
        using var ours = new Certificates();
        using var theirs = new Certificates();
        byte[] closed = MutualTls.Create(theirs.Coordinator(), TimeProvider.System).Seal.Close([1], "Ho");
        Refused(MutualTls.Create(ours.Node(), TimeProvider.System).Seal, closed, "Ho");
    }

    private static string Refused(OrderSeal seal, byte[] bytes, string manifest) =>
        Assert.Throws<System.Runtime.Serialization.SerializationException>(() => seal.Open(bytes, manifest)).Message;

    private static HostingOrders Orders(Node coordinator, IActorRef supervisor) => new(
        "run", 1, 1, supervisor.Path.ToSerializationFormatWithAddress(coordinator.Membership.SelfAddress), [new(0, 1)])
    {
        Experiment = "x",
    };

    private static async Task<Node> StartAsync(NodeSettings settings)
    {
        var node = Node.Start(settings, (_, _) => throw new InvalidDataException("hosts nothing"));
        await node.JoinAsync(CancellationToken.None);
        return node;
    }

    private sealed class Supervisor : ReceiveActor
    {
        public Supervisor(TaskCompletionSource<OrdersRefused> refusal) => Receive<OrdersRefused>(answer => refusal.TrySetResult(answer));
    }

    private sealed class Later : TimeProvider
    {
        internal TimeSpan Add { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Add;
    }
}
