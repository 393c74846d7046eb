using Nudge.State;

namespace Nudge.Phases;

/// <summary>
/// The coin whose b follows σ₊/(σ₊ + σ₋), where σ₊²/b + σ₋²/(1−b) is least (theory §2; Williams, Bredenberg and
/// Lajoie 2023): the σ² are the sums of what the slices report. b moves by a share of the way at each phase, and only
/// depends on what was before the toss, so that every phase stays unbiased under the b that it was drawn with.
/// </summary>
/// <param name="initial">b before enough is known.</param>
/// <param name="slices">Number of slices of the network.</param>
public sealed class BiasedCoin(double initial, int slices) : IStateful
{
    /// <summary>The least b; 1 less this is the greatest. Beyond, one polarity would hardly be seen any more.</summary>
    public const double Least = 0.05;

    private const double Share = 0.02;
    private const int WarmUp = 50;
    private readonly SecondMoments[] _reports = [.. Enumerable.Repeat(SecondMoments.Unknown, slices)];
    private long _positive;
    private long _negative;

    /// <summary>The b of the last toss.</summary>
    public PhasePrior Prior { get; private set; } = new(initial);

    /// <summary>Receives one slice's report, which stands until its next one.</summary>
    public void Receive(int slice, SecondMoments spread) => _reports[slice] = spread;

    /// <summary>Counts a phase of one lane.</summary>
    public void Count(bool positive)
    {
        _positive += positive ? 1 : 0;
        _negative += positive ? 0 : 1;
    }

    /// <summary>Moves b, and gives it for the phase that now begins.</summary>
    public PhasePrior Next()
    {
        double best = Math.Min(_positive, _negative) < WarmUp ? double.NaN : Total().BestB;
        if (!double.IsNaN(best))
            Prior = new(Math.Clamp(Prior.B + (Share * (best - Prior.B)), Least, 1 - Least));
        return Prior;
    }

    /// <inheritdoc/>
    public void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Prior = new(state.Item(1, Prior.B));
        state.Item(2, ref _positive);
        state.Item(3, ref _negative);
        state.List(4, "reports", _reports, static (StateSection report, ref SecondMoments spread) =>
            spread = new(report.Item(1, spread.Positive), report.Item(2, spread.Negative)));
    }

    // A slice that has yet to learn under one polarity would pull b by the other alone.
    private SecondMoments Total()
    {
        (double positive, double negative) = (0, 0);
        foreach (SecondMoments spread in _reports)
        {
            if (spread.IsKnown)
                (positive, negative) = (positive + spread.Positive, negative + spread.Negative);
        }

        return new(positive, negative);
    }
}
