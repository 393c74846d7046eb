using Nudge.Randomness;

namespace Nudge.Training;

/// <summary>The order in which examples come: a fresh permutation for every pass over the data.</summary>
/// <param name="seed">Seed of the run.</param>
/// <param name="examples">Number of examples.</param>
public sealed class StimulusOrder(ulong seed, int examples)
{
    private readonly int[] _order = new int[examples];
    private long _epoch = -1;

    /// <summary>The example of the n-th presentation.</summary>
    public int this[long presentation]
    {
        get
        {
            long epoch = presentation / examples;
            if (epoch != _epoch)
                Permute(epoch);
            return _order[presentation % examples];
        }
    }

    private void Permute(long epoch)
    {
        for (int i = 0; i < _order.Length; i++)
            _order[i] = i;
        Permutation.Shuffle(_order, new RandomKey(seed, RandomPurpose.StimulusOrder, (ulong)epoch));
        _epoch = epoch;
    }
}
