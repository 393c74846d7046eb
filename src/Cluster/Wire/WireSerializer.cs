using System.Collections.Frozen;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using MessagePack;
using Nudge.Security;
using Nudge.Store;

namespace Nudge.Wire;

/// <summary>Akka's way to the contracts: our messages and no others.</summary>
public sealed class WireSerializer : SerializerWithStringManifest
{
    /// <summary>The number of this serializer on the wire; Akka keeps those up to 40 for itself.</summary>
    public const int Number = 4711;

    internal const string FormatSetting = "nudge.wire.values";
    private static readonly FrozenSet<string> Orders = Contracts.All
        .Where(contract => Contracts.IsOrder(contract.Type)).Select(contract => contract.Manifest).ToFrozenSet(StringComparer.Ordinal);

    private readonly Codec _codec;
    private readonly OrderSeal? _seal;

    /// <summary>Made by Akka, which reads the format of values from its configuration.</summary>
    public WireSerializer(ExtendedActorSystem system)
        : base(system)
    {
        ArgumentNullException.ThrowIfNull(system);
        _codec = new(FormatOf(system));
        _seal = system.Settings.Setup.Get<MutualTls>() is { HasValue: true } tls ? tls.Value.Seal : null;
    }

    /// <summary>How the nodes of a system write values.</summary>
    internal static ValueFormat FormatOf(ActorSystem system) => Enum.Parse<ValueFormat>(
        system.Settings.Config.GetString(FormatSetting, nameof(ValueFormat.Exact)), ignoreCase: true);

    /// <inheritdoc/>
    public override int Identifier => Number;

    /// <inheritdoc/>
    public override string Manifest(object o) => Codec.ManifestOf(o);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        byte[] bytes = _codec.Write(obj);
        return _seal is not null && Contracts.IsOrder(obj.GetType()) ? _seal.Close(bytes, Manifest(obj)) : bytes;
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return Codec.Read(_seal is not null && Orders.Contains(manifest) ? _seal.Open(bytes, manifest) : bytes, manifest);
        }
        catch (MessagePackSerializationException error) when (StoreEvents.Include(manifest))
        {
            // A journal replays all of its events or none: one that is damaged must not hide the others.
            return new DamagedEvent(error.Message);
        }
        catch (MessagePackSerializationException error)
        {
            // The one failure that Akka's endpoint logs and continues after.
            throw new SerializationException(error.Message, error);
        }
    }
}
