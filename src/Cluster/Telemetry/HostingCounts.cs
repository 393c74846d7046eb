using System.Collections.Concurrent;
using Akka.Actor;
using Nudge.Actors;

namespace Nudge.Telemetry;

/// <summary>What happened to the slices of a node since it started, all runs together. Any thread may count and read.</summary>
internal sealed class HostingCounts : IExtension
{
    private readonly ConcurrentDictionary<(string Run, int Slice), (long Waiting, double Ahead)> _present = new();
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

    /// <summary>Messages that slices have received and not used yet, as they reported last.</summary>
    internal long Waiting => _present.Values.Sum(slice => slice.Waiting);

    /// <summary>How far the slice that is furthest ahead is ahead of a neighbour, in τ, as slices reported last; 0 without slices.</summary>
    internal double Ahead => _present.Values.Select(slice => slice.Ahead).DefaultIfEmpty(0).Max();

    /// <summary>Snapshots that the store has kept.</summary>
    internal long Saves => Interlocked.Read(ref _saves);

    /// <summary>Snapshots that the store could not keep, or attempts to open it that failed.</summary>
    internal long FailedSaves => Interlocked.Read(ref _failedSaves);

    /// <summary>The counts of a node.</summary>
    internal static HostingCounts Of(ActorSystem system) => system.WithExtension<HostingCounts, Provider>();

    /// <summary>A slice has started here from a snapshot.</summary>
    internal void CountMove() => Interlocked.Increment(ref _moves);

    /// <summary>A slice has reported.</summary>
    /// <param name="run">Its run.</param>
    /// <param name="before">The report before, of the same incarnation; null where this is its first.</param>
    /// <param name="now">The report.</param>
    internal void CountReport(string run, SliceCounters? before, SliceCounters now)
    {
        _present[(run, now.Slice)] = (now.Received.Sum(link => link.InFlight) + now.Control.Sum(link => link.InFlight), now.Ahead);
        // A slice counts its steps over all its incarnations: the first report of one has those that it made elsewhere.
        if (before is not null)
            Interlocked.Add(ref _steps, now.Steps - before.Steps);
    }

    /// <summary>A slice is hosted here no more.</summary>
    internal void Forget(string run, int slice) => _present.TryRemove((run, slice), out _);

    /// <summary>The store has kept a snapshot.</summary>
    internal void CountSave() => Interlocked.Increment(ref _saves);

    /// <summary>The store has failed.</summary>
    internal void CountFailedSave() => Interlocked.Increment(ref _failedSaves);

    private sealed class Provider : ExtensionIdProvider<HostingCounts>
    {
        public override HostingCounts CreateExtension(ExtendedActorSystem system) => new();
    }
}
