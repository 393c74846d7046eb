using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Phases;

/// <summary>What model and rule require of the polarity of phases.</summary>
/// <param name="WeighsPolaritiesAlike">
/// Whether both polarities weigh ±1, as for rules that compare opposite phases, and not +1/b and −1/(1−b).
/// </param>
/// <param name="DrawsNudgeSign">Whether the nudge's sign is drawn for every stimulus (Scellier and Bengio 2017, §5.2).</param>
/// <param name="BeginsPositive">
/// Whether the positive phase comes first where phases alternate. A Boltzmann machine's free phase begins from the data, as
/// in contrastive divergence; elsewhere the free one comes first.
/// </param>
/// <param name="AreAlike">
/// Whether all phases are alike, since each holds the whole contrast: positive, with importance 1.
/// </param>
public sealed record PolarityTraits(
    bool WeighsPolaritiesAlike = false, bool DrawsNudgeSign = false, bool BeginsPositive = false, bool AreAlike = false);

/// <summary>Draws the polarity and the length of each phase, keyed by its number alone.</summary>
public sealed class PhaseSchedule
{
    private readonly ulong _seed;
    private readonly PhaseSettings _phases;
    private readonly PolarityTraits _traits;
    private readonly int _firstPositive;
    private readonly int _positiveLanes;
    private readonly double _step;
    private readonly RandomKey _length;

    /// <summary>Makes the schedule of a run.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="phases">Order and length of phases.</param>
    /// <param name="traits">What model and rule require of the polarity of phases.</param>
    /// <param name="step">Mean step of the local clocks in τ: the unit of geometric lengths.</param>
    /// <param name="lanes">Stimuli side by side.</param>
    public PhaseSchedule(ulong seed, PhaseSettings phases, PolarityTraits traits, double step, int lanes)
    {
        ArgumentNullException.ThrowIfNull(phases);
        ArgumentNullException.ThrowIfNull(traits);
        _seed = seed;
        _phases = phases;
        _traits = traits;
        _firstPositive = traits.BeginsPositive ? 0 : 1;
        _step = step;
        _length = new(seed, RandomPurpose.PhaseLength, 0);
        // At least one lane of each polarity, since a sum over one polarity alone has no limit.
        _positiveLanes = Math.Clamp((int)Math.Round(phases.B * lanes), 1, Math.Max(1, lanes - 1));
        Prior = new(phases.Order switch
        {
            PhaseOrder.Bernoulli => phases.B,
            PhaseOrder.ByLane when lanes > 1 => _positiveLanes / (double)lanes,
            _ => 0.5,
        });
    }

    /// <summary>The b that phases are drawn with, unless another one is named.</summary>
    public PhasePrior Prior { get; }

    /// <summary>Whether a phase is positive.</summary>
    /// <param name="phase">The phase's number.</param>
    /// <param name="ofStimulus">How many phases this stimulus has had before.</param>
    /// <param name="lane">The lane: each draws its own.</param>
    public bool IsPositive(long phase, int ofStimulus, int lane) => IsPositive(phase, ofStimulus, lane, Prior);

    /// <summary>Whether a phase is positive that is drawn with a certain b.</summary>
    /// <param name="phase">The phase's number.</param>
    /// <param name="ofStimulus">How many phases this stimulus has had before.</param>
    /// <param name="lane">The lane: each draws its own.</param>
    /// <param name="prior">The b.</param>
    public bool IsPositive(long phase, int ofStimulus, int lane, PhasePrior prior) => _traits.AreAlike || _phases.Order switch
    {
        PhaseOrder.Alternating => ofStimulus % 2 == _firstPositive,
        PhaseOrder.ByLane => lane < _positiveLanes,
        PhaseOrder.Antithetic => Coin(phase, lane / 2, prior) == (lane % 2 == 0),
        _ => Coin(phase, lane, prior),
    };

    /// <summary>The sign of β for one stimulus: 1 unless it is drawn.</summary>
    public int NudgeSign(long stimulus, int lane) =>
        _traits.DrawsNudgeSign && new RandomKey(_seed, RandomPurpose.NudgeSign, (ulong)lane).Draw((ulong)stimulus).Uniform(0) < 0.5
            ? -1
            : 1;

    /// <summary>The signed importance of a phase in one lane.</summary>
    public float Importance(bool positive, int nudgeSign) => Importance(positive, nudgeSign, Prior);

    /// <summary>The signed importance of a phase in one lane, of the very b that it was drawn with.</summary>
    public float Importance(bool positive, int nudgeSign, PhasePrior prior) =>
        _traits.WeighsPolaritiesAlike || _traits.AreAlike
        ? nudgeSign * (positive ? 1 : -1)
        : prior.Importance(positive) * nudgeSign;

    /// <summary>The length of a phase, in τ.</summary>
    /// <param name="phase">The phase's number.</param>
    public double Length(long phase)
    {
        PhaseLengthSettings length = _phases.Length;
        double excess = length.Mean - length.Floor;
        double uniform = _length.Draw((ulong)phase).First;
        return length.Law switch
        {
            PhaseLengthLaw.Fixed => length.Mean,
            PhaseLengthLaw.Exponential => length.Floor - (excess * Elementary.Log(uniform)),
            _ => length.Floor + (_step * GeometricSteps(uniform, excess / _step)),
        };
    }

    private bool Coin(long phase, int of, PhasePrior prior) =>
        new RandomKey(_seed, RandomPurpose.PhasePolarity, (ulong)of).Draw((ulong)phase).Uniform(0) < prior.B;

    /// <summary>Steps until a phase ends that ends with probability p = 1/mean after each: ≥ 1, by inversion.</summary>
    private static double GeometricSteps(double uniform, double mean) =>
        mean <= 1 ? 1 : 1 + Math.Floor(Elementary.Log(uniform) / Elementary.Log(1 - (1 / mean)));
}
