using Akka.Actor;
using Akka.Configuration;
using Nudge.Hosting;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Security;

/// <summary>Somebody who reaches a port, and the victims with Akka's defaults on which each attack works.</summary>
internal static class Rogue
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A node as users have it, with its door open.</summary>
    internal static Node Guarded() => Node.Start(new(), (_, _) => throw new InvalidDataException("hosts nothing"));

    internal static ActorPath Door(Node node) => Door(node.Membership.SelfAddress);

    internal static ActorPath Door(Address address) => new RootActorPath(address) / "user" / NodeActor.Name;

    internal static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    internal static IInternalActorRef Resolve(ActorSystem system, ActorPath path) =>
        (IInternalActorRef)((ExtendedActorSystem)system).Provider.ResolveActorRef(path);

    /// <summary>Asks in order behind what was sent before, so that it is there when the answer comes.</summary>
    internal static Task<NodeHello> AskAsync(ActorSystem rogue, Node node) =>
        rogue.ActorSelection(Door(node)).Ask<NodeHello>(new AskNode(), Patience);

    // It speaks our contracts for its questions, and keeps Akka's own serializers for the attack.
    internal static ActorSystem Start(string more = "", string provider = "remote") => ActorSystem.Create(
        "nudge",
        ConfigurationFactory.ParseString(more).WithFallback(ConfigurationFactory.ParseString($$"""
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
            """)));
}
