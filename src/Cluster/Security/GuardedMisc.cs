using Akka.Actor;
using Akka.Remote.Serialization;

namespace Nudge.Security;

/// <summary>
/// In the place of Akka's serializer of miscellaneous messages: actors can be found, and machines watch each other.
/// Refused are PoisonPill, Kill and restarts, and what carries exceptions, configurations or routers.
/// </summary>
public sealed class GuardedMisc(ExtendedActorSystem system) : GuardedSerializer(system, 16)
{
    // Identify, ActorIdentity, and the heartbeats of RemoteWatcher.
    private static readonly string[] Passing = ["ID", "AID", "RWHB", "RWHR"];
    private readonly MiscMessageSerializer _akka = new(system);

    /// <inheritdoc/>
    public override string Manifest(object o) => _akka.Manifest(o);

    /// <inheritdoc/>
    protected override bool Passes(string manifest) => Array.IndexOf(Passing, manifest) >= 0;

    /// <inheritdoc/>
    protected override byte[] Write(object message) => _akka.ToBinary(message);

    /// <inheritdoc/>
    protected override object Read(byte[] bytes, string manifest) => _akka.FromBinary(bytes, manifest);
}
