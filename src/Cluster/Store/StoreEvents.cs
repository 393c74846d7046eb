namespace Nudge.Store;

/// <summary>
/// What the journal of a slice holds. Every event names the incarnation that wrote it: the allotment itself goes when
/// what is older than a snapshot is deleted, and the number must outlive it.
/// </summary>
internal interface IStoreEvent
{
    /// <summary>The incarnation that wrote the event.</summary>
    int Incarnation { get; }

    /// <summary>The number of the coordinator that the incarnation belongs to; 0 where it was not written.</summary>
    int Epoch => 0;
}

/// <summary>An incarnation has begun. In the journal of coordinators, a coordinator has.</summary>
internal sealed record IncarnationAllotted(int Incarnation) : IStoreEvent
{
    /// <inheritdoc/>
    public int Epoch { get; init; }

    /// <summary>What the coordinator has drawn, in the journal of coordinators.</summary>
    public long Token { get; init; }
}

/// <summary>One part of a snapshot: an event in a transaction of its own, or a file.</summary>
internal sealed record StateChunk(int Incarnation, long Generation, int Part, ReadOnlyMemory<byte> Bytes) : IStoreEvent
{
    /// <summary>No part that is an event is longer: a journal reads and writes whole events, and copies each more than once.</summary>
    internal const int MaximumLength = 1 << 18;
}

/// <summary>The last event of a snapshot, without which its parts count for nothing.</summary>
internal sealed record StateComplete(int Incarnation, long Generation, int Parts, ReadOnlyMemory<byte> Checksum)
    : IStoreEvent
{
    /// <inheritdoc/>
    public int Epoch { get; init; }

    /// <summary>Where its parts are among the files of the store; empty where they are events of the journal.</summary>
    public string Place { get; init; } = "";
}

/// <summary>Stands for an event whose bytes cannot be read, so that those around it still can.</summary>
internal sealed record DamagedEvent(string Reason);

/// <summary>Which manifests are those of a store's events.</summary>
internal static class StoreEvents
{
    internal const string Allotted = "S1";
    internal const string Chunk = "S2";
    internal const string Complete = "S3";

    internal static bool Include(string manifest) => manifest is Allotted or Chunk or Complete;
}
