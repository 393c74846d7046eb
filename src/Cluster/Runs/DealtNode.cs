using Akka.Actor;
using Akka.Cluster;

namespace Nudge.Runs;

/// <summary>A node that may make runs, as the one who deals them out knows it.</summary>
internal sealed class DealtNode(UniqueAddress address, string name)
{
    internal UniqueAddress Address => address;

    internal string Name => name;

    /// <summary>The actor there that makes runs; nobody until it is found.</summary>
    internal IActorRef Runner { get; set; } = ActorRefs.Nobody;

    /// <summary>Runs at a time; 0 until it has said.</summary>
    internal int Slots { get; set; }

    /// <summary>Whether it is heard from.</summary>
    internal bool Silent { get; set; }

    /// <summary>Whether it is about to go.</summary>
    internal bool Leaving { get; set; }

    /// <summary>Why it gets no more runs, or null.</summary>
    internal string? GivenUp { get; set; }

    /// <summary>How often it was asked in vain what it can do.</summary>
    internal int AskedInVain { get; set; }

    /// <summary>The runs that it makes, each with the looks since it was last heard of.</summary>
    internal Dictionary<int, int> Jobs { get; } = [];

    /// <summary>Whether it has said what it can do, and can.</summary>
    internal bool Able => Slots > 0 && GivenUp is null && !Leaving;

    /// <summary>How many more runs it may get now.</summary>
    internal int Free => Able && !Silent ? Slots - Jobs.Count : 0;
}
