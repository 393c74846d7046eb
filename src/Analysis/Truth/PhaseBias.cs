using Nudge.Models;
using Nudge.Networks;
using Nudge.Numerics;
using Nudge.Oracles;
using Nudge.Phases;
using Nudge.Populations;
using Nudge.Signals;

namespace Nudge.Truth;

/// <summary>
/// The bias that free phases leave which end, or learn, before the chain has mixed, as theory §3 predicts it: relative to the
/// gradient and along it, at the synapses of the hidden units, for polarities that are drawn.
/// </summary>
public static class PhaseBias
{
    /// <summary>The modes of a network's chain.</summary>
    /// <param name="network">An RBM without labels, whose populations take turns.</param>
    /// <param name="weights">Its weights; those of the hidden units' own copy count.</param>
    /// <param name="training">What is shown.</param>
    /// <exception cref="OracleTooLargeException">The machine is too large.</exception>
    public static GibbsSpectrum SpectrumOf(NetworkPlan network, NetworkWeights weights, IStimulusSet training) =>
        GibbsSpectrum.Of(MachineReading.Of(network, weights, WeightCopy.Hidden), MachineReading.Rows(network, training));

    /// <summary>Σ w f(λ): the bias over all modes.</summary>
    /// <param name="spectrum">The modes.</param>
    /// <param name="phases">Order, b and lengths of the phases.</param>
    /// <param name="step">A sweep in τ.</param>
    /// <param name="continuous">Whether every step learns a share 1/K, and not the last one all.</param>
    /// <exception cref="NotSupportedException">The length or the order of phases has no prediction.</exception>
    public static double Of(GibbsSpectrum spectrum, PhaseSettings phases, double step, bool continuous)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        return spectrum.Modes.Sum(mode => mode.Weight * OfMode(mode.Eigenvalue, phases, step, continuous));
    }

    /// <summary>f(λ): what one mode has left, on average over phases.</summary>
    /// <param name="eigenvalue">λ of the mode, in (0, 1).</param>
    /// <param name="phases">Order, b and lengths of the phases.</param>
    /// <param name="step">A sweep in τ.</param>
    /// <param name="continuous">Whether every step learns a share 1/K, and not the last one all.</param>
    /// <exception cref="NotSupportedException">The length or the order of phases has no prediction.</exception>
    public static double OfMode(double eigenvalue, PhaseSettings phases, double step, bool continuous)
    {
        ArgumentNullException.ThrowIfNull(phases);
        if (phases.Order != PhaseOrder.Bernoulli)
            throw new NotSupportedException($"The bias of {phases.Order} phases is not predicted; expected Bernoulli.");
        double left = LeftByOne(eigenvalue, phases.Length, step);
        // Free phases may follow one another: only a positive one puts the chain back to the data.
        double atStart = phases.B / (1 - ((1 - phases.B) * left));
        double steps = phases.Length.Mean / step;
        return atStart * (continuous ? eigenvalue * (1 - left) / (steps * (1 - eigenvalue)) : left);
    }

    // E[λ^L] over the lengths L of phases.
    private static double LeftByOne(double eigenvalue, PhaseLengthSettings length, double step)
    {
        if (length.Law == PhaseLengthLaw.Fixed)
            return Power(eigenvalue, length.Mean / step);
        if (length.Law != PhaseLengthLaw.Geometric)
            throw new NotSupportedException($"The bias of {length.Law} lengths is not predicted; expected fixed or geometric ones.");
        double ends = 1 / Math.Max(1, (length.Mean - length.Floor) / step);
        return Power(eigenvalue, length.Floor / step) * ends * eigenvalue / (1 - ((1 - ends) * eigenvalue));
    }

    private static double Power(double value, double exponent) => Elementary.Exp(exponent * Elementary.Log(value));
}
