using System.Threading.Channels;
using Akka.Actor;
using Akka.Cluster;
using Nudge.Messages;

namespace Nudge.Runs;

/// <summary>What a scheduler has to assign, and how.</summary>
internal sealed record JobSchedulerPart
{
    /// <summary>How many runs there are.</summary>
    internal required int Runs { get; init; }

    /// <summary>Gives a run by its number.</summary>
    internal required Func<int, RunOrder> Order { get; init; }

    /// <summary>The program that the runs are to be made with.</summary>
    internal required string Version { get; init; }

    /// <summary>Bytes of the longest message to a node.</summary>
    internal required long Longest { get; init; }

    /// <summary>Runs that each node may get at a time, however many it makes.</summary>
    internal required int AtATime { get; init; }

    /// <summary>Where news goes; it ends with the last run.</summary>
    internal required ChannelWriter<RunWord> Words { get; init; }

    /// <summary>Finds the actor of a worker that makes runs.</summary>
    internal required Func<UniqueAddress, Task<IActorRef>> Find { get; init; }

    /// <summary>Reports to the scheduler which workers come and go; null where another actor does.</summary>
    internal Props? Watch { get; init; }

    /// <summary>How often to send again what may have been lost.</summary>
    internal TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait for a node that can make runs.</summary>
    internal TimeSpan NodeWithin { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>Within the scheduler's node: a worker is up.</summary>
internal sealed record WorkerCame(UniqueAddress Node);

/// <summary>A worker is leaving in order.</summary>
internal sealed record WorkerLeaves(UniqueAddress Node);

/// <summary>A worker is no member any more.</summary>
internal sealed record WorkerGone(UniqueAddress Node);

/// <summary>Whether messages from a worker arrive.</summary>
internal sealed record WorkerReported(UniqueAddress Node, bool Received);

/// <summary>The actor of a worker that makes runs, or no actor where it was not found.</summary>
internal sealed record RunnerFound(UniqueAddress Node, IActorRef Runner);

/// <summary>Time to send again what may have been lost.</summary>
internal sealed record CheckNodes;

/// <summary>For too long there was no node that can make runs.</summary>
internal sealed record NoNodeCame;

/// <summary>Stop all runs: what is over is enough.</summary>
internal sealed record StopDealing;
