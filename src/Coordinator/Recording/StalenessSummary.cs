using Nudge.Populations;

namespace Nudge.Recording;

/// <summary>How old the activity was that updates used, in τ of the receiver's time.</summary>
/// <param name="Mean">Mean age; null where nothing was learned.</param>
/// <param name="Histogram">Ages by bins, from the finest to the last that holds any.</param>
public sealed record StalenessSummary(double? Mean, IReadOnlyList<StalenessBin> Histogram)
{
    /// <summary>Sums up a tally.</summary>
    public static StalenessSummary Of(StalenessTally tally)
    {
        ArgumentNullException.ThrowIfNull(tally);
        StalenessBin[] bins = [.. tally.Histogram.Select(bin => new StalenessBin(bin.UpTo, bin.Count))];
        return new(tally.Count == 0 ? null : tally.Mean, bins[..(Array.FindLastIndex(bins, bin => bin.Count > 0) + 1)]);
    }
}

/// <summary>One bin of ages.</summary>
/// <param name="UpTo">Its upper end in τ, which belongs to it.</param>
/// <param name="Count">Ages in it.</param>
public sealed record StalenessBin(double UpTo, long Count);
