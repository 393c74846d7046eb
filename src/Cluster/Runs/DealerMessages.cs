using Akka.Actor;
using Akka.Cluster;

namespace Nudge.Runs;

/// <summary>Within the dealer's node: a worker is up.</summary>
internal sealed record WorkerCame(UniqueAddress Node);

/// <summary>A worker is leaving in order.</summary>
internal sealed record WorkerLeaves(UniqueAddress Node);

/// <summary>A worker is no member any more.</summary>
internal sealed record WorkerGone(UniqueAddress Node);

/// <summary>Whether a worker is heard from.</summary>
internal sealed record WorkerHeard(UniqueAddress Node, bool Heard);

/// <summary>The actor of a worker that makes runs, or nobody where it was not found.</summary>
internal sealed record RunnerFound(UniqueAddress Node, IActorRef Runner);

/// <summary>Time to say again what may have been lost.</summary>
internal sealed record LookAgain;

/// <summary>For too long there was no node that can make runs.</summary>
internal sealed record NobodyCame;

/// <summary>Stop all runs: what is over is enough.</summary>
internal sealed record StopDealing;
