namespace Nudge.Sweeps;

/// <summary>Sees how a sweep goes, from one thread at a time; it must not hold the sweep up.</summary>
internal interface ISweepObserver
{
    /// <summary>A run has got further.</summary>
    /// <param name="point">Its point.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="share">The part of it that is done, 0 to 1.</param>
    void Advanced(SweepPoint point, ulong seed, double share);

    /// <summary>A run is over; its row is on the disk.</summary>
    void Over(SweepRow row);
}
