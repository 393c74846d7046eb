using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;
using Nudge.Hosting;
using Nudge.Messages;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Security;

/// <summary>A process that reaches a port, and the victims with Akka's defaults on which each attack works.</summary>
internal static class Rogue
{
    internal static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    /// <summary>A node as users have it, with its endpoint open.</summary>
    internal static Node Guarded() => Node.Start(new(), (_, _) => throw new InvalidDataException("hosts nothing"));

    internal static ActorPath NodeEndpoint(Node node) => NodeEndpoint(node.Membership.SelfAddress);

    internal static ActorPath NodeEndpoint(Address address) => new RootActorPath(address) / "user" / NodeActor.Name;

    internal static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    internal static IInternalActorRef Resolve(ActorSystem system, ActorPath path) =>
        (IInternalActorRef)((ExtendedActorSystem)system).Provider.ResolveActorRef(path);

    /// <summary>Asks in order behind what was sent before, so that it is there when the answer comes.</summary>
    internal static Task<NodeHello> AskAsync(ActorSystem rogue, Node node) =>
        rogue.ActorSelection(NodeEndpoint(node)).Ask<NodeHello>(new AskNode(), AnswerTimeout);

    internal static ActorSystem Start(string more = "", string provider = "remote") =>
        ActorSystem.Create("nudge", Settings(more, provider));

    /// <summary>One that uses TLS, or does not.</summary>
    internal static ActorSystem Start(Setup? tls)
    {
        Config settings = Settings($"akka.remote.dot-netty.tcp.enable-ssl = {(tls is null ? "off" : "on")}", "remote");
        ActorSystemSetup setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(settings));
        return ActorSystem.Create("nudge", tls is DotNettySslSetup ssl ? setup.And(ssl) : setup);
    }

    // It uses our contracts for its questions, and keeps Akka's own serializers for the attack.
    private static Config Settings(string more, string provider) => ConfigurationFactory.ParseString(more).WithFallback(
        ConfigurationFactory.ParseString($$"""
            akka {
                loglevel = OFF
                stdout-loglevel = OFF
                actor.provider = {{provider}}
                actor.serializers.nudge = "{{typeof(WireSerializer).FullName}}, Nudge.Cluster"
                actor.serialization-bindings {
                    "{{typeof(AskNode).FullName}}, Nudge.Cluster" = nudge
                    "{{typeof(NodeHello).FullName}}, Nudge.Cluster" = nudge
                }
                remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            }
            """));
}
