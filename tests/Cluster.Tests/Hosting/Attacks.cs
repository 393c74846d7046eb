using Akka.Actor;
using Akka.Serialization;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Hosting;

/// <summary>A type that is not listed, whose setter does something.</summary>
public sealed class Trap
{
    private static int _sprung;

    public static int Sprung => Volatile.Read(ref _sprung);

    public int Spring
    {
        get;
        set
        {
            field = value;
            Interlocked.Increment(ref _sprung);
        }
    }
}

/// <summary>An actor that a rogue would like to have on a node.</summary>
public sealed class Silent : UntypedActor
{
    private static int _made;

    public Silent() => Interlocked.Increment(ref _made);

    public static int Made => Volatile.Read(ref _made);

    protected override void OnReceive(object message)
    {
    }
}

/// <summary>Bytes that are no message.</summary>
public sealed record Garbage(int Number);

/// <summary>Writes bytes that are no message under the number and the manifests of our serializer.</summary>
public sealed class GarbageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private static readonly string[] Manifests = ["a", "c", "b", "No", "Nc", "unheard of"];

    public override int Identifier => WireSerializer.Number;

    public override string Manifest(object o) => Manifests[((Garbage)o).Number % Manifests.Length];

    public override byte[] ToBinary(object obj) => [0xDD, 0x7F, 0xFF, (byte)((Garbage)obj).Number, 0xFF, 0xC1];

    public override object FromBinary(byte[] bytes, string manifest) => Codec.Read(bytes, manifest);
}
