using Akka.Actor;
using Nudge.Actors;

namespace Nudge.Hosting;

/// <summary>What a manager knows of one of its slices.</summary>
internal sealed class HostedSlice(IActorRef store, bool fromStart)
{
    /// <summary>Whether it began together with its neighbours.</summary>
    internal bool FromStart { get; } = fromStart;

    /// <summary>Keeps its snapshots; no actor where the node has no store.</summary>
    internal IActorRef Store { get; set; } = store;

    /// <summary>How often the store has failed since it was last open.</summary>
    internal int StoreFailures { get; set; }

    /// <summary>Its actor, once it has started.</summary>
    internal IActorRef Actor { get; set; } = ActorRefs.Nobody;

    internal int Incarnation { get; set; }

    /// <summary>The snapshot that it began with.</summary>
    internal long Generation { get; set; }

    /// <summary>What it last reported, or null.</summary>
    internal SliceCounters? Counters { get; set; }

    /// <summary>The closed counters of an incarnation that ends in order, until its state is in the store.</summary>
    internal SliceCounters? Ending { get; set; }

    /// <summary>Whether the store is writing a snapshot.</summary>
    internal bool Saving { get; set; }

    /// <summary>The snapshot that the store is writing; its buffer is used again when it has been kept.</summary>
    internal ReadOnlyMemory<byte> Written { get; set; }

    /// <summary>The newest snapshot that waits for the store, or null.</summary>
    internal SliceSnapshot? Waiting { get; set; }

    internal bool IsAlive => !Actor.IsNobody();
}
