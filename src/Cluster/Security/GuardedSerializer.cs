using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Nudge.Security;

/// <summary>
/// Stands in the place of one of Akka's serializers for its internal messages. It lets through what a cluster needs and
/// refuses the rest in both directions: no machine ends, suspends or restarts an actor of another one.
/// </summary>
/// <param name="system">The actor system.</param>
/// <param name="number">The number of Akka's serializer on the wire.</param>
public abstract class GuardedSerializer(ExtendedActorSystem system, int number) : SerializerWithStringManifest(system)
{
    /// <inheritdoc/>
    public sealed override int Identifier => number;

    /// <inheritdoc/>
    public sealed override byte[] ToBinary(object obj)
    {
        ThrowUnlessPasses(Manifest(obj));
        return Write(obj);
    }

    /// <inheritdoc/>
    public sealed override object FromBinary(byte[] bytes, string manifest)
    {
        ThrowUnlessPasses(manifest);
        return Read(bytes, manifest);
    }

    /// <summary>Whether messages of a kind pass.</summary>
    protected abstract bool Passes(string manifest);

    /// <summary>Has Akka write a message that passes.</summary>
    protected abstract byte[] Write(object message);

    /// <summary>Has Akka read a message that passes.</summary>
    protected abstract object Read(byte[] bytes, string manifest);

    /// <summary>The refusal that Akka's endpoint logs and continues after.</summary>
    protected static SerializationException Refused(string what) => new($"{what} is refused between machines");

    private void ThrowUnlessPasses(string manifest)
    {
        if (!Passes(manifest))
            throw Refused($"a message of kind {manifest}, serializer {number},");
    }
}
