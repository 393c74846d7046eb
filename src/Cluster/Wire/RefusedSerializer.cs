using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Nudge.Wire;

/// <summary>
/// Stands in the place of one of Akka's serializers that let a sender choose which type the receiver makes. It refuses
/// in both directions, so that none of ours depends on it unnoticed.
/// </summary>
public abstract class RefusedSerializer(ExtendedActorSystem system) : Serializer(system)
{
    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj?.GetType()} has no contract and is not sent between machines");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException($"serializer {Identifier} is refused: only messages with a contract are read");
}

/// <summary>In the place of JSON, which runs the setters of any type.</summary>
public sealed class RefusedJson : RefusedSerializer
{
    /// <summary>Made by Akka, which has settings for the serializer that stood here and so passes them.</summary>
    public RefusedJson(ExtendedActorSystem system, Config settings)
        : base(system) => ArgumentNullException.ThrowIfNull(settings);

    /// <inheritdoc/>
    public override int Identifier => 1;
}

/// <summary>In the place of Protobuf for any type that has a parser.</summary>
public sealed class RefusedProtobuf(ExtendedActorSystem system) : RefusedSerializer(system)
{
    /// <inheritdoc/>
    public override int Identifier => 2;
}

/// <summary>In the place of remote deployment, which runs constructors.</summary>
public sealed class RefusedDeployment(ExtendedActorSystem system) : RefusedSerializer(system)
{
    /// <inheritdoc/>
    public override int Identifier => 3;
}

/// <summary>In the place of bare bytes.</summary>
public sealed class RefusedBytes(ExtendedActorSystem system) : RefusedSerializer(system)
{
    /// <inheritdoc/>
    public override int Identifier => 4;
}

/// <summary>In the place of Akka's reliable delivery between producers and consumers, unused here.</summary>
public sealed class RefusedDelivery(ExtendedActorSystem system) : RefusedSerializer(system)
{
    /// <inheritdoc/>
    public override int Identifier => 36;
}
