using System.Numerics;
using Nudge.State;

namespace Nudge.Populations;

/// <summary>
/// How old the activity was that updates used: at each update, the age of what is in use from each source, in τ of the
/// receiver's own time, the injected delay included. Arrivals are stamped by the step before them, so what arrived just now
/// is one step old.
/// </summary>
public sealed class StalenessTally : IStateful
{
    internal const int Bins = 18;
    private const double Finest = 8;
    private readonly long[] _counts = new long[Bins];
    private double _sum;

    /// <summary>Ages counted.</summary>
    public long Count => _counts.Sum();

    /// <summary>Mean age in τ; not a number where there is none.</summary>
    public double Mean => _sum / Count;

    /// <summary>How many ages lie in each bin.</summary>
    internal ReadOnlySpan<long> Counts => _counts;

    /// <summary>Sum of all ages, in τ.</summary>
    internal double SumOfAges => _sum;

    /// <summary>How many ages lie in each bin; the first ends at 1/8 τ, each further one twice as late, the last never.</summary>
    public IReadOnlyList<(double UpTo, long Count)> Histogram =>
        [.. _counts.Select((count, bin) => (bin == Bins - 1 ? double.PositiveInfinity : (1L << bin) / Finest, count))];

    /// <summary>Counts one age.</summary>
    /// <param name="age">In τ.</param>
    public void Add(double age)
    {
        ulong eighths = (ulong)Math.Clamp(Math.Ceiling(age * Finest), 1, 1L << Bins);
        int bin = eighths == 1 ? 0 : BitOperations.Log2(eighths - 1) + 1;
        _counts[Math.Min(bin, Bins - 1)]++;
        _sum += age;
    }

    /// <summary>A tally of counts that were made elsewhere.</summary>
    /// <param name="counts">One for each bin.</param>
    /// <param name="sumOfAges">In τ.</param>
    internal static StalenessTally Of(ReadOnlySpan<long> counts, double sumOfAges)
    {
        var tally = new StalenessTally { _sum = sumOfAges };
        counts.CopyTo(tally._counts);
        return tally;
    }

    /// <summary>The sum of several tallies.</summary>
    public static StalenessTally Sum(IEnumerable<StalenessTally> tallies)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        var sum = new StalenessTally();
        foreach (StalenessTally tally in tallies)
        {
            for (int bin = 0; bin < Bins; bin++)
                sum._counts[bin] += tally._counts[bin];
            sum._sum += tally._sum;
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Integers(1, _counts);
        state.Item(2, ref _sum);
    }
}
