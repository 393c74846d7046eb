using Nudge.Randomness;
using Nudge.Signals;

namespace Nudge.Training;

/// <summary>
/// The order in which examples come: a fresh permutation for every pass over the data, or block after block of one class, so that
/// successive stimuli are correlated and what was learned of the other classes can be forgotten. A function of the presentation's
/// number alone.
/// </summary>
public sealed class StimulusOrder
{
    private const int PassBits = 32;
    private readonly ulong _seed;
    private readonly int _block;
    private readonly Pass[] _classes;
    private readonly int[] _turns;
    private long _round = -1;

    /// <summary>Makes the order of a run.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="examples">Examples to learn from.</param>
    /// <param name="block">How many stimuli of one class come in a row; 0 for examples of all classes mixed.</param>
    public StimulusOrder(ulong seed, IStimulusSet examples, int block = 0)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfNegative(block);
        (_seed, _block) = (seed, block);
        IEnumerable<int> all = Enumerable.Range(0, examples.Count);
        _classes = block == 0
            ? [new(all, pass => new(seed, RandomPurpose.StimulusOrder, pass))]
            :
            [
                .. all.GroupBy(examples.LabelOf).OrderBy(one => one.Key).Select((one, number) => new Pass(
                    one, pass => new(seed, RandomPurpose.ClassBlocks, ((ulong)(number + 1) << PassBits) | pass))),
            ];
        _turns = new int[_classes.Length];
    }

    /// <summary>The example of the n-th presentation.</summary>
    public int this[long presentation]
    {
        get
        {
            if (_block == 0)
                return _classes[0][presentation];
            (long blocks, long within) = Math.DivRem(presentation, _block);
            (long round, long turn) = Math.DivRem(blocks, _classes.Length);
            return _classes[ClassOf(round, (int)turn)][(round * _block) + within];
        }
    }

    // Every class has one block a round, in an order that is drawn for the round.
    private int ClassOf(long round, int turn)
    {
        if (round != _round)
        {
            for (int i = 0; i < _turns.Length; i++)
                _turns[i] = i;
            Permutation.Shuffle(_turns, new(_seed, RandomPurpose.ClassBlocks, (ulong)round));
            _round = round;
        }

        return _turns[turn];
    }

    /// <summary>Some examples in a fresh order at every pass over them, whose draws a key names.</summary>
    private sealed class Pass(IEnumerable<int> examples, Func<ulong, RandomKey> key)
    {
        private readonly int[] _examples = [.. examples];
        private readonly int[] _order = [.. examples];
        private long _pass = -1;

        internal int this[long number]
        {
            get
            {
                (long pass, long place) = Math.DivRem(number, _examples.Length);
                if (pass != _pass)
                {
                    _examples.CopyTo(_order, 0);
                    Permutation.Shuffle(_order, key((ulong)pass));
                    _pass = pass;
                }

                return _order[place];
            }
        }
    }
}
