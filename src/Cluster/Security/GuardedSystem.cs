using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;
using Akka.Util;

namespace Nudge.Security;

/// <summary>
/// In the place of Akka's serializer of system messages: an actor of another machine may watch one of ours, and is
/// notified when it ends. No other machine may report that one of ours has ended, or make one of ours watch: either
/// ends an actor.
/// </summary>
public sealed class GuardedSystem(ExtendedActorSystem system) : GuardedSerializer(system, 22)
{
    // Found by name, so that no type is looked up because a sender named it.
    private static readonly Dictionary<string, Type> Passing =
        new[] { typeof(Watch), typeof(Unwatch), typeof(DeathWatchNotification) }
            .ToDictionary(type => type.TypeQualifiedName(), StringComparer.Ordinal);

    private readonly SystemMessageSerializer _akka = new(system);

    /// <inheritdoc/>
    public override string Manifest(object o)
    {
        ArgumentNullException.ThrowIfNull(o);
        return o.GetType().TypeQualifiedName();
    }

    /// <inheritdoc/>
    protected override bool Passes(string manifest) => Passing.ContainsKey(manifest);

    /// <inheritdoc/>
    protected override byte[] Write(object message) => _akka.ToBinary(message);

    /// <inheritdoc/>
    protected override object Read(byte[] bytes, string manifest)
    {
        object message = _akka.FromBinary(bytes, Passing[manifest]);
        IActorRef? theirs = message switch
        {
            Watch watch => watch.Watcher,
            Unwatch unwatch => unwatch.Watcher,
            DeathWatchNotification notification => notification.Actor,
            _ => null,
        };
        return theirs is IInternalActorRef { IsLocal: false }
            ? message
            : throw Refused($"{message.GetType().Name} in the name of an actor of this machine");
    }
}
