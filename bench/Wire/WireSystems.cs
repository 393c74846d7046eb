using Akka.Actor;
using Akka.Configuration;
using Nudge.Hosting;

namespace Nudge.Bench.Wire;

/// <summary>Actor systems that differ by intent only in what they write.</summary>
internal static class WireSystems
{
    private const string Name = "wire";

    // One end always goes first, and the other would print a warning in the middle of the table.
    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka.loglevel = OFF");

    /// <summary>A node's own settings; it joins nothing.</summary>
    internal static ActorSystem Nudge() =>
        ActorSystem.Create(Name, Quiet.WithFallback(NodeConfiguration.Create(new())));

    /// <summary>The same transport with Akka's serializer for bytes, which copies nothing.</summary>
    /// <param name="batching">Whether small messages wait for others, as they do by default.</param>
    internal static ActorSystem Bare(bool batching) => ActorSystem.Create(Name, ConfigurationFactory.ParseString($$"""
        akka {
            actor {
                provider = remote
                serializers.bytes = "Akka.Serialization.ByteArraySerializer, Akka"
            }
            remote.dot-netty.tcp.batching.enabled = {{(batching ? "on" : "off")}}
        }
        """).WithFallback(Quiet).WithFallback(NodeConfiguration.Create(new())));

    internal static int Port(ActorSystem system) => Provider(system).DefaultAddress.Port ?? 0;

    /// <summary>The actor of the other process that counts what arrives.</summary>
    internal static IActorRef Counter(ActorSystem system, int port) => Provider(system).ResolveActorRef(
        new RootActorPath(Provider(system).DefaultAddress.WithPort(port)) / "user" / CountingActor.Name);

    private static IActorRefProvider Provider(ActorSystem system) => ((ExtendedActorSystem)system).Provider;
}
