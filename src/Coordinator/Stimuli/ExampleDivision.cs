using Nudge.Randomness;

namespace Nudge.Stimuli;

/// <summary>
/// Divides examples into training and held-out ones, class by class. The division is a function of the labels, the share and the
/// seed alone.
/// </summary>
internal static class ExampleDivision
{
    private const ulong Orders = 1UL << 40;

    /// <summary>Divides examples. Both parts are in an order that is drawn too, so that the first examples of each are a sample.</summary>
    /// <param name="labels">The class of each example.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="share">
    /// What is held out of each class, rounded; at least one example, and never all. The only example of a class is not held out.
    /// </param>
    /// <param name="seed">Seed of the run.</param>
    internal static (int[] Train, int[] Test) Of(IReadOnlyList<int> labels, int classes, double share, ulong seed)
    {
        var members = new List<int>[classes];
        for (int number = 0; number < classes; number++)
            members[number] = [];
        for (int i = 0; i < labels.Count; i++)
            members[labels[i]].Add(i);
        var train = new List<int>();
        var test = new List<int>();
        for (int number = 0; number < classes; number++)
        {
            int[] drawn = [.. members[number]];
            Permutation.Shuffle(drawn, new(seed, RandomPurpose.DataSplit, (ulong)number));
            int held = drawn.Length < 2
                ? 0
                : Math.Clamp((int)Math.Round(drawn.Length * share, MidpointRounding.AwayFromZero), 1, drawn.Length - 1);
            test.AddRange(drawn[..held]);
            train.AddRange(drawn[held..]);
        }

        return (Shuffled(train, seed, 0), Shuffled(test, seed, 1));
    }

    private static int[] Shuffled(List<int> part, ulong seed, ulong number)
    {
        int[] drawn = [.. part];
        Permutation.Shuffle(drawn, new(seed, RandomPurpose.DataSplit, Orders | number));
        return drawn;
    }
}
