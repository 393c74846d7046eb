using Nudge.Networks;
using Nudge.Populations;
using Nudge.Signals;
using Nudge.VirtualTime;

namespace Nudge.Variance;

/// <summary>
/// Measures how much the updates of a rule vary, as a function of b: a run in virtual time for each b, with one and
/// the same weights that stand still, and random draws of its own.
/// </summary>
public static class VarianceMeasurement
{
    // Phases that every run forgets, until it no longer matters that all units began at rest.
    private const int Settling = 20;

    /// <summary>Runs the phases of every b.</summary>
    /// <param name="settings">The network; its own b is not read.</param>
    /// <param name="examples">The stimuli.</param>
    /// <param name="weights">Slices of such a network, whose weights are copied.</param>
    /// <param name="bs">Probabilities of a positive phase, ascending, at least one.</param>
    /// <param name="phases">Phases for each b; a lane counts as a phase of its own.</param>
    /// <param name="cancellation">Stops at the next phase.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static VarianceCurve Run(
        NetworkSettings settings,
        IStimulusSet examples,
        IReadOnlyList<PopulationSlice> weights,
        IReadOnlyList<double> bs,
        int phases,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(bs);
        ArgumentOutOfRangeException.ThrowIfZero(bs.Count);
        var tallies = new UpdateTally[bs.Count];
        for (int i = 0; i < bs.Count; i++)
        {
            // Runs of one seed would share their noise, and the square of the gradient is found by what they do not
            // share.
            NetworkSettings frozen = FrozenNetwork.At(settings, bs[i], settings.Seed + ((ulong)(i + 1) << 32));
            tallies[i] = Tally(FrozenNetwork.Prepare(frozen, examples, weights).Engine, bs[i], phases, cancellation);
        }

        return new(tallies, settings.Learning.Rule.Rule.ComparesPhases);
    }

    /// <summary>Runs one frozen engine and adds up its updates.</summary>
    internal static UpdateTally Tally(
        VirtualEngine engine, double b, int phases, CancellationToken cancellation = default)
    {
        UpdateTally? tally = null;
        Record(
            engine,
            phases,
            (importance, update, scale) => (tally ??= new(b, update.Length)).Add(importance, update, scale),
            cancellation);
        return tally!;
    }

    /// <summary>Holds an engine's weights still and hands out so many updates, of one phase and lane each.</summary>
    internal static void Record(
        VirtualEngine engine, int phases, UpdateSeen seen, CancellationToken cancellation = default)
    {
        var recorder = new UpdateRecorder(engine.Slices);
        (int ended, int given) = (0, 0);
        while (given < phases && engine.RunPhase(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (PhaseUpdate update in recorder.TakeEnded())
            {
                if (++ended <= Settling)
                    continue;
                // A rule takes the mean over lanes; one lane by itself is as many times larger.
                for (int lane = 0; lane < update.Lanes.Length; lane++, given++)
                    seen(update.Tag.Importance[lane], update.Lanes[lane], update.Lanes.Length);
            }
        }
    }

    /// <summary>Sees the update of one phase in one lane.</summary>
    /// <param name="importance">The g that is folded in.</param>
    /// <param name="update">A value per parameter.</param>
    /// <param name="scale">What each value is to be multiplied by.</param>
    internal delegate void UpdateSeen(double importance, ReadOnlySpan<float> update, double scale);
}
