using Nudge.Links;

namespace Nudge.Running;

/// <summary>Reads the counters of links while a run goes on, and seldom: on a cluster that asks every node.</summary>
/// <param name="engine">The run.</param>
/// <param name="time">Tells when it is time again.</param>
internal sealed class LedgerReading(IEngineRun engine, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private long? _taken;

    /// <summary>The last reading; null where there is none.</summary>
    internal IReadOnlyList<LedgerEntry>? Last { get; private set; }

    /// <summary>Takes a reading if it is time; true if it has.</summary>
    /// <param name="now">Whether it is time in any case.</param>
    internal async Task<bool> TakeIfDueAsync(bool now)
    {
        if (!now && _taken is long before && time.GetElapsedTime(before) < Pause)
            return false;
        Last = await engine.LedgerNowAsync();
        _taken = time.GetTimestamp();
        return true;
    }
}
