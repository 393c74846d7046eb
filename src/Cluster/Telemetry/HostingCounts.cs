using Akka.Actor;
using Nudge.Actors;

namespace Nudge.Telemetry;

/// <summary>What happened to the slices of a node since it started, all runs together. Any thread may count and read.</summary>
internal sealed class HostingCounts : IExtension
{
    private long _moves;
    private long _steps;
    private long _saves;
    private long _failedSaves;

    private HostingCounts()
    {
    }

    /// <summary>Slices that started here from a snapshot.</summary>
    internal long Moves => Interlocked.Read(ref _moves);

    /// <summary>Steps that slices reported.</summary>
    internal long Steps => Interlocked.Read(ref _steps);

    /// <summary>Snapshots that the store has kept.</summary>
    internal long Saves => Interlocked.Read(ref _saves);

    /// <summary>Snapshots that the store could not keep, or attempts to open it that failed.</summary>
    internal long FailedSaves => Interlocked.Read(ref _failedSaves);

    /// <summary>The counts of a node.</summary>
    internal static HostingCounts Of(ActorSystem system) => system.WithExtension<HostingCounts, Provider>();

    /// <summary>A slice has started here from a snapshot.</summary>
    internal void CountMove() => Interlocked.Increment(ref _moves);

    /// <summary>A slice has reported.</summary>
    /// <param name="before">The report before, of the same incarnation; null where this is its first.</param>
    /// <param name="now">The report.</param>
    internal void CountReport(SliceCounters? before, SliceCounters now)
    {
        // A slice counts its steps over all its incarnations: the first report of one has those that it made elsewhere.
        if (before is not null)
            Interlocked.Add(ref _steps, now.Steps - before.Steps);
    }

    /// <summary>The store has kept a snapshot.</summary>
    internal void CountSave() => Interlocked.Increment(ref _saves);

    /// <summary>The store has failed.</summary>
    internal void CountFailedSave() => Interlocked.Increment(ref _failedSaves);

    private sealed class Provider : ExtensionIdProvider<HostingCounts>
    {
        public override HostingCounts CreateExtension(ExtendedActorSystem system) => new();
    }
}
