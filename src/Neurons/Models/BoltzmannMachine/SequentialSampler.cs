using Nudge.Numerics;
using Nudge.Populations;
using Nudge.Randomness;
using Nudge.Synapses;

namespace Nudge.Models.BoltzmannMachine;

/// <summary>
/// Samples coupled units one after another, each given the newest states of all others: a Gibbs sweep of a
/// semi-restricted Boltzmann machine (theory §4). The field of the couplings is kept up to date as units flip.
/// </summary>
/// <param name="couplings">The units' own couplings, symmetric and without a diagonal.</param>
/// <param name="inverseTemperature">Factor on the energy.</param>
internal sealed class SequentialSampler(SynapseGroup couplings, float inverseTemperature)
{
    private readonly float[] _field = new float[couplings.Weights.PaddedRows];

    /// <summary>One sweep; what the couplings received is then the new state.</summary>
    /// <param name="key">Names the draws.</param>
    /// <param name="counter">The sweep's first draw.</param>
    /// <param name="drive">What other populations and the biases give to each unit.</param>
    /// <param name="probability">Receives the probability that each unit was sampled with.</param>
    /// <param name="state">The units' states: the old ones, then the new ones.</param>
    /// <param name="response">How the units' responses deviate; <paramref name="drive"/> is after it, and couplings pass its slopes.</param>
    internal void Sample(
        RandomKey key, ulong counter, ReadOnlySpan<float> drive, Span<float> probability, Span<float> state, UnitResponse? response)
    {
        couplings.Store(0, state.Length, state);
        couplings.RefreshCurrent();
        couplings.Current.CopyTo(_field);
        for (int unit = 0; unit < state.Length; unit++)
        {
            float before = state[unit];
            float field = response is null ? _field[unit] : response.Slopes[unit] * _field[unit];
            probability[unit] = FloatFunctions.Sigmoid(inverseTemperature * (drive[unit] + field));
            VectorKernels.Bernoulli(key, counter, unit, probability.Slice(unit, 1), state.Slice(unit, 1));
            float change = state[unit] - before;
            if (change != 0)
                MatrixKernels.AddSparse(couplings.Weights, [unit], [change], _field);
        }

        couplings.Store(0, state.Length, state);
    }
}
